package io.legion.http.jetty;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/// The socket of a client. It is idle only while the server waits for the client, and has done so for the whole idle
/// time. Jetty alone would look at the bytes: it would end a request that has been at work for as long, in the
/// moment in which its reply begins.
final class ClientEndPoint extends SocketChannelEndPoint {
    private final ClientConnections connections;

    ClientEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            ClientConnections connections) {
        super(channel, selector, key, scheduler);
        this.connections = connections;
    }

    /// @return after how many milliseconds to look again
    @Override
    protected long checkIdleTimeout() {
        long left = connections.mayBeSilentFor(this, System.nanoTime());
        return left > 0 ? left : super.checkIdleTimeout();
    }
}
