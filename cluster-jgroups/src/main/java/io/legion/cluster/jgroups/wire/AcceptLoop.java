package io.legion.cluster.jgroups.wire;

import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Takes connections from a port until the port is closed, and waits for nothing else. When it cannot take one, because
/// file handles have run out, it pauses and goes on.
final class AcceptLoop implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerSocket port;
    private final Consumer<Socket> accepted;
    private final JGroupsLog log;

    /// @param accepted takes each connection, and must not wait
    AcceptLoop(ServerSocket port, Consumer<Socket> accepted, JGroupsLog log) {
        this.port = port;
        this.accepted = accepted;
        this.log = log;
    }

    @Override
    public void run() {
        while (!port.isClosed()) {
            try {
                accepted.accept(port.accept());
            } catch (Throwable failed) {
                // Errors too: a node whose acceptor has ended is found by nobody.
                if (!port.isClosed()) {
                    log.cannotAccept(failed);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }
}
