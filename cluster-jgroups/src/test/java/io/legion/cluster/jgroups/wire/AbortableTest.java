package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.cluster.jgroups.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AbortableTest {
    private static final byte[] MUCH = new byte[64 << 20];

    @TempDir
    private Path directory;

    /// The peer has shown who it is, and reads nothing more: one thread writes to it, another one says good-bye.
    @Test
    void itEndsAGoodByeThatThePeerDoesNotTake() throws Exception {
        var context = TlsKeys.context(new Keys(directory).node("a"), (_, _) -> {});
        try (var port = context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = (SSLSocket) context.getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), port.getLocalPort())) {
            var met = new CountDownLatch(1);
            var over = new CountDownLatch(1);
            var peer = Thread.ofVirtual().start(() -> meet(port::accept, met, over));
            socket.startHandshake();
            met.await();
            var writer = Thread.ofVirtual().start(() -> writeTo(socket));
            awaitWaiting(writer);
            var goodBye = Thread.ofVirtual().start(() -> Util.close(socket));
            assertThat(goodBye.join(Duration.ofMillis(500)))
                    .as("it waits for the one that writes")
                    .isFalse();
            Abortable.abort(socket);
            goodBye.join();
            writer.join();
            over.countDown();
            peer.join();
        }
    }

    private interface Accepting {
        Socket accept() throws IOException;
    }

    private static void meet(Accepting accepting, CountDownLatch met, CountDownLatch over) {
        try (var socket = (SSLSocket) accepting.accept()) {
            socket.startHandshake();
            met.countDown();
            over.await();
        } catch (IOException | InterruptedException ended) {
            met.countDown();
        }
    }

    private static void writeTo(Socket socket) {
        try {
            socket.getOutputStream().write(MUCH);
        } catch (IOException aborted) {
            // As it should.
        }
    }

    /// The buffers are full, and it waits for the peer.
    private static void awaitWaiting(Thread writer) {
        while (writer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
