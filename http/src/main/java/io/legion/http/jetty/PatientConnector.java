package io.legion.http.jetty;

import io.legion.service.Logger;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Accepts connections, and goes on when that fails for a while, as it does when the process has no file
/// handle left: it ends the connections that have waited longest, pauses, and tries again.
final class PatientConnector extends ServerConnector {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /// Under an attack it fails again and again: the log need not hear of each time.
    private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

    /// How many connections end before each next try.
    private static final int ROOM = 16;

    private final AcceptPace ahead = new AcceptPace();
    private final Pace pace;
    private final ClientConnections connections;
    private final Logger logger;
    private long saidNanos = System.nanoTime() - SILENCE_NANOS; // one thread accepts

    PatientConnector(
            Server server, ClientConnections connections, Pace pace, Logger logger, ConnectionFactory... factories) {
        super(server, 1, 1, factories);
        this.pace = pace;
        this.connections = connections;
        this.logger = logger;
        connections.makeRoom(0); // loads its classes, which takes file handles, while there are some
    }

    @Override
    public void accept(int acceptor) throws IOException {
        try {
            ahead.await();
            pace.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // the channel ends by that
        }
        super.accept(acceptor);
        ahead.accepted();
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        var client = new ClientEndPoint(channel, selector, key, getScheduler(), connections);
        client.setIdleTimeout(getIdleTimeout());
        return client;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        ahead.opened();
        super.onEndPointOpened(endPoint);
    }

    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (!isRunning() || failure instanceof InterruptedException || failure instanceof ClosedChannelException) {
            return false; // the server stops
        }
        try {
            say(failure);
            connections.makeRoom(ROOM);
        } catch (RuntimeException | Error worse) {
            // What escapes from here ends the thread that accepts, for good. The next try may have more memory.
            failure.addSuppressed(worse);
        }
        return hasPaused();
    }

    private void say(Throwable failure) {
        if (System.nanoTime() - saidNanos >= SILENCE_NANOS) {
            saidNanos = System.nanoTime();
            logger.warning(
                    "no connection can be accepted now; the server tries again until it can. If this says that too "
                            + "many files are open, give the process more file handles or set a lower maximumConnections: "
                            + failure.getMessage());
        }
    }

    private static boolean hasPaused() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
