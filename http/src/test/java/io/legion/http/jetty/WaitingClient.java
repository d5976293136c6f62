package io.legion.http.jetty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A connection that keeps the server waiting, and for how long the server lets it. One thread has many of them.
final class WaitingClient {
    /// How a connection keeps the server waiting.
    enum Kind {
        /// It sends nothing.
        SILENT("", ""),
        /// The head of its request trickles.
        SLOW_HEAD("GET /echo HTTP/1.1\r\nHost: h\r\nX: ", "x"),
        /// The body of its request trickles.
        SLOW_BODY("PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n", "x"),
        /// It makes one request, and no other.
        USED_ONCE("GET /echo HTTP/1.1\r\nHost: h\r\n\r\n", "");

        private final String first;
        private final String then;

        Kind(String first, String then) {
            this.first = first;
            this.then = then;
        }

        /// How long a server with these settings waits.
        Duration deadline(JettyHttpServer.Config config) {
            return switch (this) {
                case SILENT, SLOW_HEAD -> config.headTimeout();
                case SLOW_BODY -> config.bodyTimeout();
                case USED_ONCE -> config.idleTimeout();
            };
        }
    }

    private static final String END_OF_REPLY = "nothing";

    private final Kind kind;
    private final SocketChannel channel;
    private final StringBuilder reply = new StringBuilder();
    private long sinceNanos = System.nanoTime();
    private long waitedNanos = -1;

    private WaitingClient(Kind kind, SocketChannel channel) {
        this.kind = kind;
        this.channel = channel;
    }

    /// Connects from an address of this machine, and begins.
    static WaitingClient open(Kind kind, String from, InetSocketAddress server, Selector selector) throws IOException {
        var channel = SocketChannel.open();
        channel.bind(new InetSocketAddress(from, 0));
        channel.connect(server);
        var client = new WaitingClient(kind, channel);
        client.send(kind.first);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, client);
        return client;
    }

    Kind kind() {
        return kind;
    }

    boolean isOpen() {
        return waitedNanos < 0;
    }

    /// For how long the server waited before it closed the connection.
    Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    /// Sends a little more, if this kind does.
    void trickle() {
        if (isOpen() && !kind.then.isEmpty()) {
            send(kind.then);
        }
    }

    private void send(String text) {
        try {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException closed) {
            end();
        }
    }

    /// Takes what the server has sent, or sees that it has closed.
    void read(ByteBuffer buffer) {
        try {
            if (channel.read(buffer.clear()) < 0) {
                end();
            } else {
                took(StandardCharsets.US_ASCII.decode(buffer.flip()).toString());
            }
        } catch (IOException reset) {
            end();
        }
    }

    private void took(String text) {
        if (kind == Kind.USED_ONCE && reply.append(text).toString().endsWith(END_OF_REPLY)) {
            sinceNanos = System.nanoTime();
        }
    }

    private void end() {
        waitedNanos = System.nanoTime() - sinceNanos;
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            // Which is what was wanted.
        }
    }
}
