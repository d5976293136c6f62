package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AcceptLoopTest {
    private static final String FULL = "Too many open files";

    /// A port of a process that has no file handle for so many connections.
    private static final class Port extends ServerSocket {
        private final AtomicInteger without;

        Port(int without) throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
            this.without = new AtomicInteger(without);
        }

        @Override
        public Socket accept() throws IOException {
            if (without.getAndDecrement() > 0) {
                throw new SocketException(FULL);
            }
            return super.accept();
        }
    }

    private static Thread start(ServerSocket port, java.util.function.Consumer<Socket> accepted, Logger logger) {
        return Thread.ofPlatform()
                .daemon()
                .start(new AcceptLoop(port, accepted, new JGroupsLog(logger, _ -> {}, new Doorbook())));
    }

    private static void end(ServerSocket port, Thread loop) throws Exception {
        port.close();
        loop.join();
    }

    @Test
    void withoutFileHandlesItPausesSaysSoOnceAndGoesOn() throws Exception {
        var logger = RecordingLogger.open();
        var accepted = new LinkedBlockingQueue<Socket>();
        try (var port = new Port(3);
                var _ = new Socket(InetAddress.getLoopbackAddress(), port.getLocalPort())) {
            var loop = start(port, accepted::add, logger);
            try (var socket = accepted.poll(30, TimeUnit.SECONDS)) {
                assertThat(socket).isNotNull();
            }
            end(port, loop);
        }
        assertThat(logger.messages(Logger.Priority.WARNING, FULL)).hasSize(1);
        logger.expect(Logger.Priority.WARNING, FULL);
        logger.failOnUnexpected();
    }

    @Test
    void anErrorOfOneConnectionKeepsNoOtherOut() throws Exception {
        var logger = RecordingLogger.open();
        var accepted = new LinkedBlockingQueue<Socket>();
        try (var port = new Port(0);
                var _ = new Socket(InetAddress.getLoopbackAddress(), port.getLocalPort());
                var _ = new Socket(InetAddress.getLoopbackAddress(), port.getLocalPort())) {
            var failed = new AtomicInteger();
            var loop = start(
                    port,
                    socket -> {
                        if (failed.getAndIncrement() == 0) {
                            throw new OutOfMemoryError("unable to create a thread");
                        }
                        accepted.add(socket);
                    },
                    logger);
            assertThat(accepted.poll(30, TimeUnit.SECONDS)).isNotNull();
            end(port, loop);
        }
        logger.expect(Logger.Priority.WARNING, "unable to create a thread");
        logger.failOnUnexpected();
    }
}
