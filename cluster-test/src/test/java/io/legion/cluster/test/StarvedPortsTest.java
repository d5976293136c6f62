package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody without a certificate keeps the ports of three nodes busy, all at once, while a node is killed and comes
/// back under load.
final class StarvedPortsTest {
    private static final int NODES = 3;
    private static final int STRANGER = 4;
    private static final int KILLED = 2;

    private static final int SILENT = 40;
    private static final int SLOW = 8;

    private static final Duration NEVER_REPLACED = Duration.ZERO;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int FILLER = 20;

    /// From when the node listens: how long its machine takes to start a JVM is another matter.
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    /// Where a node takes longer than a part of that without a stranger, the machine is busy with other things, and so
    /// many times as long is allowed.
    private static final int BUSY = 3;

    private static final int TIMES = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKilledNodeIsBackSoonWhileAllPortsAreKeptBusy(boolean secured) {
        var refusal = Network.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        System.out.println("logs in " + directory);
        Certificate.make(directory);
        var flags = secured ? List.of("-D" + Certificate.PROPERTY + "=" + directory) : List.<String>of();
        try (var lab = Lab.of(directory, STRANGER, NODES, NEVER_REPLACED, flags)) {
            lab.start(1, 2, NODES);
            lab.awaitRest();
            lab.run(1, PAUSE, FILLER, 1);
            lab.run(NODES, PAUSE, FILLER, 1);
            var usual = longestReturn(lab).multipliedBy(BUSY);
            var bound = usual.compareTo(BACK_WITHIN) > 0 ? usual : BACK_WITHIN;
            var stranger = StarvationMain.start(
                    lab.network().inside(STRANGER),
                    SILENT,
                    SLOW,
                    IntStream.rangeClosed(1, NODES).mapToObj(Network::address).toList());
            try {
                Lab.await(() -> refusals(lab), "the stranger has not reached all ports");
                assertThat(longestReturn(lab)).isLessThan(bound);
            } finally {
                stranger.destroyForcibly();
            }
            lab.askAll("stop");
            lab.awaitRest();
            assertThat(lab.breaches()).isEmpty();
        }
    }

    /// Kills a node and starts it, several times.
    ///
    /// @return how long it took at most from when the node listened until it served and the others reached it
    private static Duration longestReturn(Lab lab) {
        return IntStream.range(0, TIMES)
                .mapToObj(_ -> killAndStart(lab))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Duration killAndStart(Lab lab) {
        long lives = lab.logged(KILLED, "Listening for other nodes");
        lab.kill(KILLED);
        Lab.await(() -> lab.reaches(1, KILLED) ? "node 1 reaches it" : "", "the killed node is still there");
        lab.launch(KILLED);
        Lab.await(() -> lab.logged(KILLED, "Listening for other nodes") > lives ? "" : "silent", "it does not listen");
        long begin = System.nanoTime();
        lab.node(KILLED).answer();
        Lab.await(
                () -> lab.reaches(1, KILLED) && lab.reaches(NODES, KILLED) ? "" : "not reached",
                "the killed node is not back");
        var took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("back " + took.toMillis() + " ms after it began to listen");
        return took;
    }

    /// A port that is kept busy has closed connections that did not show who they are.
    private static String refusals(Lab lab) {
        return IntStream.rangeClosed(1, NODES)
                .filter(node -> lab.logged(node, Network.host(STRANGER) + " was not accepted") == 0)
                .mapToObj(node -> "node " + node + " has closed none")
                .reduce("", String::concat);
    }
}
