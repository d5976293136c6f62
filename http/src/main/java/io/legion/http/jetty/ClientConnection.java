package io.legion.http.jetty;

import io.legion.service.AddressBlock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/// One connection of a client: what the server waits for there, and since when.
///
/// **Threads.** The request's own thread enters phases; another one looks whether their time is over.
final class ClientConnection {
    /// How long a client may take to close a connection whose last reply it has, before the server does.
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

    /// What happens on the connection.
    enum Phase {
        /// Nothing, between two requests.
        IDLE,
        /// The head of a request comes.
        HEAD,
        /// The body of a request comes.
        BODY,
        /// The server works on the request.
        WORK,
        /// A reply goes to the client.
        REPLY,
        /// A stream goes to the client, as its events come.
        STREAM
    }

    /// @param mark bytes in the phase so far; when idle, bytes that the connection had brought when that began
    private record Wait(Phase phase, long sinceNanos, long mark) {}

    private final Connection connection;
    private final InetAddress remote;
    private final AddressBlock address;
    private final AtomicReference<Wait> wait;

    /// A new connection, whose first request must come as if it had begun.
    ClientConnection(Connection connection, long nowNanos) {
        this.connection = connection;
        this.remote = inet(connection.getEndPoint().getRemoteSocketAddress()); // a closed one has none
        this.address = AddressBlock.of(remote);
        this.wait = new AtomicReference<>(new Wait(Phase.HEAD, nowNanos, 0));
    }

    void enter(Phase next) {
        wait.set(new Wait(next, System.nanoTime(), next == Phase.IDLE ? connection.getBytesIn() : 0));
    }

    /// So many bytes of the body or the reply went on.
    void moved(long bytes) {
        wait.updateAndGet(now -> new Wait(now.phase, now.sinceNanos, now.mark + bytes));
    }

    /// Whether the client has had all the time that it may have.
    boolean isOverdue(JettyHttpServer.Config config, long nowNanos) {
        var seen = wait.get();
        long waited = nowNanos - seen.sinceNanos;
        return switch (seen.phase) {
            case IDLE -> isIdleTooLong(seen, nowNanos, waited);
            case HEAD -> waited > config.headTimeout().toNanos();
            case BODY, REPLY ->
                waited
                        > config.bodyTimeout().toNanos()
                                + nanos(seen.mark, config.minimumRate().bytes());
            case WORK, STREAM -> false;
        };
    }

    /// The idle time itself is kept by Jetty. This sees that a request begins, and that a client keeps a
    /// connection that ended with the last reply.
    private boolean isIdleTooLong(Wait seen, long nowNanos, long waited) {
        if (connection.getEndPoint().isOutputShutdown()) {
            return waited > LINGER_NANOS;
        }
        if (connection.getBytesIn() > seen.mark) {
            wait.compareAndSet(seen, new Wait(Phase.HEAD, nowNanos, 0));
        }
        return false;
    }

    /// For how many milliseconds more the client may be silent: the idle time begins with what the server waits for.
    long mayBeSilentFor(JettyHttpServer.Config config, long nowNanos) {
        var seen = wait.get();
        long whole = config.idleTimeout().toMillis();
        return switch (seen.phase) {
            case WORK, STREAM -> whole;
            case IDLE, HEAD, BODY, REPLY -> Math.max(0, whole - (nowNanos - seen.sinceNanos) / 1_000_000);
        };
    }

    private static long nanos(long bytes, long bytesPerSecond) {
        return (long) ((double) bytes / bytesPerSecond * 1e9);
    }

    /// For how long the client has kept the server waiting for a whole head; negative if the server has one.
    long waitsForHead(long nowNanos) {
        var seen = wait.get();
        return seen.phase == Phase.IDLE || seen.phase == Phase.HEAD ? nowNanos - seen.sinceNanos : -1;
    }

    /// The client's address and those that count as the same one.
    AddressBlock address() {
        return address;
    }

    /// The client's address; this machine's own if the connection was closed before anybody could ask.
    InetAddress remote() {
        return remote;
    }

    private static InetAddress inet(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress at && at.getAddress() != null
                ? at.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    void close() {
        connection.getEndPoint().close();
    }
}
