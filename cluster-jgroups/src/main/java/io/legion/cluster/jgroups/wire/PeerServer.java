package io.legion.cluster.jgroups.wire;

import io.legion.cluster.jgroups.wire.PendingConnections.Pending;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/// JGroups' server of connections, which waits for no peer that does not show who it is.
///
/// JGroups accepts, secures and introduces one connection after the other, in one thread, and holds a lock of the
/// peer while it connects. Here the [AcceptLoop] only accepts; each connection is secured and introduced on a
/// thread of its own ([PendingConnections], until a [Deadline]); connections to others are made without a lock
/// ([Dials]). Only to enter a connection that is ready takes a lock.
final class PeerServer extends TcpServer {

    /// How long a connection may be pending, and how long one that this node makes may take. A handshake takes
    /// milliseconds, and seconds on a machine that is very busy.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How long closing a connection may take. A peer that reads takes the good-bye at once.
    private static final Duration GOOD_BYE = Duration.ofSeconds(2);

    /// The most connections that are not pending. No cluster has more than half as many nodes.
    private static final int MOST = 2048;

    private final Security security;
    private final JGroupsLog refusals;

    /// Those of which nothing was heard that makes sense. Each takes a file handle and a thread that waits.
    private final PendingConnections unheard = new PendingConnections(512, 256);

    /// Those that speak TLS. Each takes some 100 KiB.
    private final PendingConnections handshaking = new PendingConnections(128, 64);

    private final Dials dials = new Dials();

    /// Guards the entering of connections.
    private final ReentrantLock lock = new ReentrantLock();

    /// Binds the port of the transport, and does not accept yet.
    PeerServer(TcpWire transport, Security security, JGroupsLog log) throws Exception {
        super(
                transport.getThreadFactory(),
                new Ports(),
                transport.getBindAddress(),
                transport.getBindPort(),
                transport.getBindPort(),
                transport.getExternalAddr(),
                transport.getExternalPort(),
                0);
        this.security = security;
        this.refusals = log;
        socketFactory(security.outgoing());
        usePeerConnections(true);
        peerAddressReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
        log(log);
        acceptor = factory.newThread(new AcceptLoop(srv_sock, this::accepted, log), "legion-cluster-acceptor");
    }

    /// Makes the socket of the port, with room for those that come at once: who finds none tries again after a second.
    private static final class Ports extends DefaultSocketFactory {
        private static final int BACKLOG = 1024;

        @Override
        public ServerSocket createServerSocket(String name) throws IOException {
            return new ServerSocket() {
                @Override
                public void bind(SocketAddress address) throws IOException {
                    bind(address, BACKLOG);
                }
            };
        }
    }

    // ---- connections that others make ----

    private void accepted(Socket socket) {
        var arrival = new Pending(socket);
        unheard.add(arrival);
        Thread.ofVirtual().name("legion-cluster-arrival").start(() -> admit(arrival));
    }

    private void admit(Pending arrival) {
        var deadline = new Deadline(PATIENCE, arrival::close);
        try (deadline) {
            var connection = new IncomingConnection(secured(arrival), this);
            leave(arrival);
            enter(connection.peerAddress(), connection, false);
        } catch (Throwable failed) {
            // Errors too: the socket must not stay open.
            leave(arrival);
            arrival.close();
            refused(arrival, deadline, failed);
        }
    }

    private Socket secured(Pending arrival) throws IOException {
        if (security.isPlain()) {
            return arrival.socket();
        }
        var hello = Security.hello(arrival.socket());
        if (unheard.remove(arrival)) {
            handshaking.add(arrival);
        }
        return security.secured(arrival.socket(), hello);
    }

    private void leave(Pending arrival) {
        unheard.remove(arrival);
        handshaking.remove(arrival);
    }

    private void refused(Pending arrival, Deadline deadline, Throwable failed) {
        if (!running()) {
            return;
        }
        refusals.refused();
        if (deadline.missed()) {
            refusals.notAccepted(arrival.address(), "it did not show who it is within " + PATIENCE.toSeconds() + " s");
        } else if (arrival.gaveWay()) {
            refusals.notAccepted(arrival.address(), "too many connections were there that did not show who they are");
        } else {
            refusals.notAccepted(arrival.address(), failed);
        }
    }

    // ---- connections that this node makes ----

    @Override
    public Connection getConnection(Address to) throws Exception {
        var present = conns.get(to);
        return present != null && connected(present) ? present : dials.share(to, () -> dial(to));
    }

    private Connection dial(Address to) throws Exception {
        var present = conns.get(to);
        if (present != null && connected(present)) {
            return present;
        }
        var connection = new OutgoingConnection(to, this);
        connection.connect(to);
        return enter(to, connection, true);
    }

    // ---- connections that are ready ----

    /// Enters a connection. Of two that two nodes have made to each other at once, both keep the one that the node with
    /// the larger address made.
    ///
    /// @param ours whether this node made it
    /// @return the connection with that peer from now on
    private Connection enter(Address peer, Connection ready, boolean ours) throws Exception {
        Connection over = ready;
        lock.lock();
        try {
            requireRoom(peer);
            var present = conns.get(peer);
            if (present != null && connected(present) && ours != local_addr.compareTo(peer) > 0) {
                return present;
            }
            ready.start();
            conns.put(peer, ready);
            over = present;
        } finally {
            lock.unlock();
            closeSoon(over);
        }
        dials.arrived(peer, ready);
        return ready;
    }

    private void requireRoom(Address peer) throws IOException {
        if (!running()) {
            throw new IOException("the node has stopped");
        }
        if (conns.size() >= MOST && !conns.containsKey(peer)) {
            throw new IOException("there are " + MOST + " connections already");
        }
    }

    @Override
    public void removeConnectionIfPresent(Address peer, @Nullable Connection connection) {
        boolean removed;
        lock.lock();
        try {
            removed = connection != null && conns.remove(peer, connection);
        } finally {
            lock.unlock();
        }
        if (removed) {
            closeSoon(connection);
        }
    }

    /// The good-bye would wait for a peer that does not read.
    private static void closeSoon(@Nullable Connection connection) {
        if (connection != null) {
            Thread.ofVirtual()
                    .name("legion-cluster-good-bye")
                    .start(() -> close(() -> abort(connection), () -> Util.close(connection)));
        }
    }

    private static void close(Runnable aborting, Runnable closing) {
        try (var _ = new Deadline(GOOD_BYE, aborting)) {
            closing.run();
        }
    }

    private static void abort(Connection connection) {
        if (connection instanceof Abortable abortable) {
            abortable.abort();
        }
    }

    /// Frees the port too if it was never served.
    @Override
    public void stop() {
        unheard.close();
        handshaking.close();
        var open = List.copyOf(conns.values());
        close(
                () -> {
                    open.forEach(PeerServer::abort);
                    List.copyOf(conns.values()).forEach(PeerServer::abort); // entered a moment ago
                },
                super::stop);
        Util.close(srv_sock);
    }
}
