package io.legion.http;

import io.legion.service.Logger;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Accepts connections, and goes on when that fails for a while, as it does when the process has no file
/// handle left: it ends the connection that has waited longest, pauses, and tries again.
final class PatientConnector extends ServerConnector {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ClientConnections connections;
    private final Logger logger;
    private volatile boolean failing; // one thread accepts

    PatientConnector(Server server, ClientConnections connections, Logger logger, ConnectionFactory... factories) {
        super(server, 1, 1, factories);
        this.connections = connections;
        this.logger = logger;
    }

    @Override
    public void accept(int acceptor) throws IOException {
        super.accept(acceptor);
        if (failing) {
            failing = false;
            logger.info("connections are accepted again");
        }
    }

    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (!isRunning() || failure instanceof InterruptedException || failure instanceof ClosedChannelException) {
            return false; // the server stops
        }
        if (!failing) {
            failing = true;
            logger.warning(
                    "no connection can be accepted now; the server tries again until it can. If this says that too "
                            + "many files are open, give the process more file handles or set a lower maximumConnections: "
                            + failure.getMessage());
        }
        connections.makeRoom();
        return hasPaused();
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
