package io.legion.cluster.jgroups;

import io.legion.cluster.jgroups.address.HostPort;
import io.legion.cluster.jgroups.link.Greeting;
import io.legion.cluster.jgroups.link.TypeTexts;
import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.core.NodeId;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jgroups.stack.IpAddress;

/// A peer whose every greeting is chosen by the test, on one connection that it opened. Used by one thread.
final class HandmadePeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    /// Under which it takes parcels.
    static final long TOKEN = 77;

    /// Where it says that it listens. Nobody does, but the connection is there.
    private static final int PORT = 1;

    private final NodeId node;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private long sentAt = System.nanoTime();

    private HandmadePeer(NodeId node, Socket socket) throws IOException {
        this.node = node;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static HandmadePeer connect(NodeId node, String address) throws IOException {
        return connect(node, address, PORT);
    }

    /// @param port where it says that it listens
    static HandmadePeer connect(NodeId node, String address, int port) throws IOException {
        var at = HostPort.parse("address", address);
        var socket = new Socket(at.addresses().getFirst(), at.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        var peer = new HandmadePeer(node, socket);
        peer.begin(port);
        return peer;
    }

    /// How JGroups begins a connection.
    private void begin(int port) throws IOException {
        out.write(new byte[] {'b', 'e', 'l', 'a'});
        out.writeShort(org.jgroups.Version.version);
        var me = new IpAddress(InetAddress.getLoopbackAddress(), port);
        out.writeShort(me.serializedSize());
        me.writeTo(out);
        out.flush();
    }

    /// Sends a greeting that asks for an answer.
    ///
    /// @return what the answer will refer to
    long greet(Greeting.Stance stance, long answers, long token, long yours) throws IOException {
        sentAt++;
        var greeting = new Greeting(
                Greeting.VERSION,
                node,
                1,
                "nodes",
                8,
                new TreeMap<>(),
                TypeTexts.write(new TreeMap<>()),
                false,
                Nodes.CLUSTER,
                sentAt,
                true,
                answers,
                token,
                yours,
                0,
                stance);
        var bytes = greeting.toBytes();
        out.writeInt(bytes.remaining());
        out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
        out.flush();
        return sentAt;
    }

    /// Becomes a member, as that node sees it.
    ///
    /// @return the token under which that node takes parcels
    long meet(Nodes.One one) throws IOException {
        greet(Greeting.Stance.INTRODUCTION, 0, 0, 0);
        var question = await(Greeting::asks);
        greet(Greeting.Stance.WELCOME, question.sentAt(), TOKEN, 0);
        var token = await(greeting -> greeting.token() != 0);
        greet(Greeting.Stance.WELCOME, 0, TOKEN, token.token());
        Nodes.await("both have met", () -> one.cluster().members().contains(node));
        return token.token();
    }

    /// Sends a parcel of one frame.
    void send(long to, long number, byte[] frame) throws IOException {
        out.writeInt(Short.BYTES + Byte.BYTES + WireFormat.PARCEL_HEADER + Integer.BYTES + frame.length);
        out.writeShort(WireFormat.MAGIC);
        out.writeByte(WireFormat.PARCEL);
        for (long head : new long[] {to, TOKEN, 0, number}) {
            out.writeLong(head);
        }
        out.writeInt(frame.length);
        out.write(frame);
        out.flush();
    }

    /// Waits for a greeting that asks, and answers it.
    Greeting answer() throws IOException {
        var question = await(Greeting::asks);
        greet(Greeting.Stance.WELCOME, question.sentAt(), TOKEN, question.token());
        return question;
    }

    /// Waits for a greeting like that.
    Greeting await(Predicate<Greeting> wanted) throws IOException {
        while (true) {
            var message = in.readNBytes(in.readInt());
            var data = new DataInputStream(new ByteArrayInputStream(message));
            if (data.readShort() == WireFormat.MAGIC && data.readByte() == WireFormat.GREETING) {
                var greeting = Greeting.read(data);
                if (wanted.test(greeting)) {
                    return greeting;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
