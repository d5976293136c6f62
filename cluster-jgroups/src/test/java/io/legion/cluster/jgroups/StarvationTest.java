package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever reaches the port for nodes, and does not show who it is, keeps no node from another.
@Timeout(180)
final class StarvationTest {
    private static final int SILENT = 280;
    private static final int SLOW = 40;
    private static final Duration SOON = Duration.ofSeconds(10);

    /// The nodes stop as soon as they see each other: another connection of theirs may be in its handshake then.
    private static final String CUT_SHORT = "it ended before it had shown who it is";

    @TempDir
    static Path directory;

    private static @Nullable Tls tls;

    @BeforeAll
    static void makeKeys() throws Exception {
        tls = new Keys(directory).node("node");
    }

    private static JGroupsCluster.Config config(boolean secured) {
        return Nodes.secured(secured ? tls : null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nodesFindEachOtherWhileAllTheirPortsAreStarved(boolean secured) throws IOException {
        try (var nodes = new Nodes()) {
            nodes.allow("was not accepted");
            var one = nodes.start(1, config(secured));
            try (var _ = Starvation.of(one.address(), SILENT, SLOW)) {
                var two = nodes.start(2, config(secured), one.address());
                try (var _ = Starvation.of(two.address(), SILENT, SLOW)) {
                    long begin = System.nanoTime();
                    var three = nodes.start(3, config(secured), one.address(), two.address());
                    Nodes.await(
                            "all see each other",
                            () -> one.sees(two)
                                    && two.sees(one)
                                    && one.sees(three)
                                    && two.sees(three)
                                    && three.sees(one)
                                    && three.sees(two));
                    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatAcceptsAndNeverAnswersHoldsNobodyUp(boolean secured) throws Exception {
        try (var nodes = new Nodes();
                var mute = new Mute()) {
            nodes.allow(CUT_SHORT);
            var one = nodes.start(1, config(secured), mute.address());
            Nodes.await("it is called", () -> mute.calls() > 0);
            long begin = System.nanoTime();
            var two = nodes.start(2, config(secured), mute.address(), one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        }
    }

    /// The connection to the process that hangs is still there, and its handshake without an answer.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNodeIsFoundAtTheAddressOfAProcessThatHung(boolean secured) throws Exception {
        try (var nodes = new Nodes();
                var mute = new Mute()) {
            nodes.allow(CUT_SHORT);
            var one = nodes.start(1, config(secured), mute.address());
            Nodes.await("it is called", () -> mute.calls() > 0);
            mute.stopListening();
            var usual = config(secured);
            var there = new JGroupsCluster.Config(
                    mute.address(),
                    null,
                    null,
                    usual.tls(),
                    false,
                    usual.unreachableAfter(),
                    usual.window(),
                    usual.maxFrame());
            long begin = System.nanoTime();
            var two = nodes.start(2, there, one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        }
    }

    /// A process that hangs: the operating system takes its connections, and nobody reads them.
    private static final class Mute implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> held = new ArrayList<>();
        private volatile int calls;

        Mute() throws IOException {
            Thread.startVirtualThread(() -> {
                try {
                    while (!socket.isClosed()) {
                        held.add(socket.accept());
                        calls = held.size();
                    }
                } catch (IOException closed) {
                    // It is over.
                }
            });
        }

        String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        int calls() {
            return calls;
        }

        void stopListening() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            stopListening();
            for (var call : held) {
                call.close();
            }
        }
    }
}
