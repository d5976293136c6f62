package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What else a cluster of processes is to survive: few requests, one trouble at a time.
final class CutsTest {
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(3);
    private static final Duration NEVER_REPLACED = Duration.ZERO;
    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final int FILLER = 20;

    /// Longer than a node may be silent.
    private static final Duration CUT = Duration.ofSeconds(4);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory = Path.of("");

    @BeforeEach
    void networksCanBeMade() {
        var refusal = Network.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        System.out.println("logs in " + directory);
    }

    /// As with a headless service: one name that stands for the addresses of all. Then two of the five die at once.
    @Test
    void fiveNodesThatFindEachOtherByOneNameGoOnWithoutTwo() throws IOException {
        var names = IntStream.rangeClosed(1, 5)
                .mapToObj(node -> Network.host(node) + " nodes.test\n")
                .collect(Collectors.joining());
        var hosts = Files.writeString(directory.resolve("hosts"), names);
        var flags = List.of("-Djdk.net.hosts.file=" + hosts, "-D" + JournalNodeMain.NAME_OF_ALL + "=nodes.test");
        try (var lab = Lab.of(directory, 5, 5, REPLACE_AFTER, flags)) {
            lab.start(1, 2, 3, 4, 5);
            lab.awaitRest();
            for (int node = 1; node <= 3; node++) {
                lab.run(node, PAUSE, FILLER, 1);
            }
            Lab.pass(Duration.ofSeconds(2));
            lab.kill(4);
            lab.kill(5);
            Lab.pass(CUT);
            lab.askAll("stop");
            lab.awaitRest();
            assertThat(lab.breaches()).isEmpty();
            var operations = lab.history().operations();
            System.out.println(operations.size() + " requests and reads: " + Latencies.of(operations));
            assertThat(operations).isNotEmpty().allMatch(Operation::isAnswered);
        }
    }

    /// Frames and acknowledgements that a secured connection had taken are lost, and the connection is another one
    /// afterwards. At last what one node sends to another one gets lost without anybody being told.
    @Test
    void nodesWithTlsThatAreCutFromEachOtherComeTogetherAgain() throws IOException {
        Certificate.make(directory);
        var flags = List.of("-D" + Certificate.PROPERTY + "=" + directory);
        try (var lab = Lab.of(directory, 3, 3, NEVER_REPLACED, flags)) {
            lab.start(1, 2, 3);
            lab.awaitRest();
            for (int node = 1; node <= 3; node++) {
                lab.run(node, PAUSE, FILLER, 1);
            }
            Lab.pass(Duration.ofSeconds(1));
            lab.network().cutOff(3);
            Lab.pass(CUT);
            lab.network().reconnect(3);
            Lab.await(() -> lab.reaches(1, 3) && lab.reaches(3, 1) ? "" : "1 and 3", "not seen again");
            assertThat(lab.misses(1, 2)).isZero();
            long before = lab.misses(3, 2);
            lab.network().lose(1, 2);
            Lab.pass(CUT);
            lab.network().endLoss(1, 2);
            Lab.await(() -> lab.reaches(1, 2) && lab.reaches(2, 1) ? "" : "1 and 2", "not seen again");
            // A link that works one way only is none, on both sides.
            assertThat(List.of(lab.misses(1, 2), lab.misses(2, 1))).allMatch(times -> times > 0);
            assertThat(lab.misses(3, 2)).isEqualTo(before);
            lab.askAll("stop");
            lab.awaitRest();
            assertThat(lab.breaches()).isEmpty();
        }
    }
}
