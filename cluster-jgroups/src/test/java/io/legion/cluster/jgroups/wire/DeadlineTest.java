package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeadlineTest {

    /// The operating system takes the connection, and nobody answers.
    @Test
    void itEndsAHandshakeThatIsNotAnswered() throws Exception {
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var socket = (SSLSocket) SSLContext.getDefault()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), mute.getLocalPort());
                var deadline = new Deadline(Duration.ofMillis(100), () -> Util.close(socket))) {
            socket.setSoLinger(true, 0);
            assertThatThrownBy(() -> write(socket)).isInstanceOf(IOException.class);
            assertThat(deadline.missed()).isTrue();
        }
    }

    /// A handshake may end silently when its socket is closed; nothing can be written then.
    private static void write(SSLSocket socket) throws IOException {
        socket.startHandshake();
        socket.getOutputStream().write(1);
    }

    @Test
    void whatEndsInTimeIsLeftAlone() throws Exception {
        var ended = new AtomicBoolean();
        var deadline = new Deadline(Duration.ofDays(1), () -> ended.set(true));
        deadline.close();
        var later = new CountDownLatch(1);
        try (var _ = new Deadline(Duration.ofMillis(1), later::countDown)) {
            later.await();
        }
        assertThat(ended).isFalse();
        assertThat(deadline.missed()).isFalse();
    }
}
