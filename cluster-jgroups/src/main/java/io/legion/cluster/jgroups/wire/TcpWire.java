package io.legion.cluster.jgroups.wire;

import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.BasicTCP;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.DiagnosticsHandler;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;

/// JGroups' transport over TCP, with our own messages beside JGroups' over the same connections, which [PeerServer]
/// makes and accepts.
///
/// Ours do not pass through JGroups' stack: no queue, no second thread, no address in each message, and no
/// view. Legion still serves a node that JGroups has excluded from its view for a while (as happens to healthy
/// nodes when two others are cut from each other), and keeps connections to it open.
public final class TcpWire extends BasicTCP {

    /// Hears what arrives, on the one thread that reads from that peer.
    public interface Ear {
        /// A message of ours: reads exactly `length` bytes, or throws, which closes the connection.
        void heard(Address from, DataInput in, int length) throws IOException;

        /// A connection is gone; there may be another one.
        void closed(Address peer);

        /// Connections that must stay although the view does not have them.
        Set<Address> kept();
    }

    private final Ear ear;
    private final Security security;
    private final JGroupsLog engineLog;
    private final CompletableFuture<Void> listening = new CompletableFuture<>();

    private volatile @Nullable PeerServer server;

    /// @param tls secures connections; null leaves them plain
    /// @param log takes what the connections have to say
    public TcpWire(Ear ear, @Nullable SSLContext tls, JGroupsLog log) {
        this.ear = ear;
        this.security = new Security(tls);
        this.engineLog = log;
        setId(ClassConfigurator.getProtocolId(TCP.class));
    }

    /// Done when the port is bound and accepts connections.
    public CompletableFuture<Void> listening() {
        return listening;
    }

    /// None: it would be one more port, open to everybody.
    @Override
    public DiagnosticsHandler createDiagnosticsHandler() {
        return super.createDiagnosticsHandler().setEnabled(false);
    }

    @Override
    public void start() throws Exception {
        var next = new PeerServer(this, security, engineLog);
        next.setBufferedInputStreamSize(WireFormat.BUFFER_BYTES)
                .setBufferedOutputStreamSize(WireFormat.BUFFER_BYTES)
                .receiver(this)
                .timeService(time_service)
                .socketConnectionTimeout(sock_conn_timeout)
                .tcpNodelay(tcp_nodelay)
                .setMaxLength(max_length)
                .addConnectionListener(this);
        server = next;
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        stopListening();
    }

    @Override
    protected void handleConnect() throws Exception {
        server().start();
        connected = true;
        super.handleConnect();
        listening.complete(null);
    }

    @Override
    protected void handleDisconnect() {
        super.handleDisconnect();
        connected = false;
        stopListening();
    }

    private PeerServer server() {
        return Objects.requireNonNull(server, "not started");
    }

    /// Frees the port and closes all connections; nothing is sent or received any more.
    public void stopListening() {
        var current = server;
        if (current != null) {
            current.stop();
        }
    }

    /// Where others reach this node; null before it listens.
    public @Nullable Address here() {
        return getPhysicalAddress();
    }

    @Override
    protected @Nullable PhysicalAddress getPhysicalAddress() {
        var current = server;
        return current == null ? null : (PhysicalAddress) current.localAddress();
    }

    /// The members of JGroups' own group: more addresses at which nodes may be.
    public List<Address> group() {
        var current = view;
        return current == null ? List.of() : current.getMembers();
    }

    /// Sends all of a buffer over the connection to an address, and connects first if there is none.
    ///
    /// Blocks while the buffers of the socket are full, and for at most [PeerServer#PATIENCE] while connecting.
    public void send(Address to, ByteBuffer message) throws Exception {
        send(to, message.array(), message.arrayOffset(), message.limit());
    }

    @Override
    public void send(Address to, byte[] message, int offset, int length) throws Exception {
        server().send(to, message, offset, length);
    }

    /// Closes the connection to an address at once: a thread blocked writing to it gets an exception.
    public void drop(Address to) {
        server().forAllConnections((address, connection) -> {
            if (address.equals(to)) {
                close(connection);
            }
        });
    }

    private void close(Connection connection) {
        try {
            // Not gracefully: that would wait for the socket's buffers.
            connection.close(false);
        } catch (IOException alreadyGone) {
            engineLog.trace("closing a connection: %s", alreadyGone);
        }
        server().connectionClosed(connection);
    }

    @Override
    public void retainAll(Collection<Address> members) {
        var all = new HashSet<>(members);
        all.addAll(ear.kept());
        server().retainAll(all, is_member);
    }

    @Override
    public String printConnections() {
        return server().printConnections();
    }

    @Override
    public BasicTCP clearConnections(boolean graceful) {
        server().clearConnections(graceful);
        return this;
    }

    @Override
    public void connectionClosed(Connection connection) {
        super.connectionClosed(connection);
        var peer = connection.peerAddress();
        if (peer != null) {
            ear.closed(peer);
        }
    }

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        short first = in.readShort();
        if (first == WireFormat.MAGIC) {
            ear.heard(sender, in, length - Short.BYTES);
            return;
        }
        if (!versionMatch(first, sender)) {
            // Where the next message begins is unknown now.
            throw new IOException("a message of another version from " + sender);
        }
        var message = new MessageInput(MessageInput.bytes(in, length - Short.BYTES));
        byte flags = message.readByte();
        boolean multicast = (flags & MULTICAST) == MULTICAST;
        if ((flags & LIST) == LIST) {
            handleBatch(message, multicast);
        } else {
            handleSingle(message, multicast);
        }
    }

    private void handleSingle(MessageInput in, boolean multicast) {
        var message = SafeMessages.read(in);
        if (!multicast && unicastDestMismatch(message.getDest())) {
            return;
        }
        msg_processing_policy.process(message, message.isFlagSet(org.jgroups.Message.Flag.OOB));
        msg_stats.received(message);
    }

    private void handleBatch(MessageInput in, boolean multicast) {
        for (MessageBatch batch : SafeMessages.readBatch(in, multicast)) {
            msg_stats.received(batch);
            processBatch(batch, batch.mode() == MessageBatch.Mode.OOB);
        }
    }
}
