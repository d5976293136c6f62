package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes under load that are cut off, paused, killed and started again.
///
/// `-Dlegion.history=180s` makes it longer, `-Dlegion.history.seed=N` chooses the troubles.
final class HistoryTest {
    /// Short, so that who is cut off is mostly removed meanwhile, and what only it has comes back as salvage.
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final int FILLER = 20;

    /// The most mebibytes of heap in use at the end, of 192: it was some 20 after three minutes.
    private static final long MOST_HEAP = 48;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory = Path.of("");

    @Test
    void nothingIsLostDoubledOrReorderedByCutsPausesAndDeaths() {
        var refusal = Network.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        long seed = Times.seed();
        System.out.println("seed " + seed + ", logs in " + directory);
        try (var lab = Lab.of(directory, 3, 3, REPLACE_AFTER)) {
            lab.start(1, 2, 3);
            lab.awaitRest();
            for (int node = 1; node <= 3; node++) {
                lab.run(node, PAUSE, FILLER, seed);
            }
            trouble(lab, seed);
            lab.askAll("stop");
            tell(lab.history());
            lab.awaitRest();
            assertThat(lab.breaches()).as("seed " + seed).isEmpty();
            lab.awaitRest();
            var heaps = lab.heaps(Set.of());
            System.out.println("heap in MiB: " + heaps);
            assertThat(heaps.values()).as("seed " + seed).allMatch(heap -> heap <= MOST_HEAP);
        }
    }

    private static void trouble(Lab lab, long seed) {
        long begin = System.nanoTime();
        for (var moment : Troubles.drawn(seed, Times.of("legion.history")).moments()) {
            Lab.pass(Duration.ofMillis(moment.millis()).minusNanos(System.nanoTime() - begin));
            System.out.println(moment);
            moment.happen(lab);
            if (moment.trouble().isDeadly() && !moment.begins()) {
                lab.node(moment.node()).answer();
                lab.run(moment.node(), PAUSE, FILLER, seed);
            }
        }
    }

    private static void tell(History history) {
        var outcomes = new TreeMap<String, Integer>();
        for (var operation : history.operations()) {
            outcomes.merge(operation.kind() + " " + operation.outcome(), 1, Integer::sum);
        }
        System.out.println(outcomes);
        assertThat(outcomes.keySet()).as("every kind was answered").containsAll(answeredKinds());
    }

    private static List<String> answeredKinds() {
        return List.of("FAST OK", "DURABLE OK", "FINAL OK", "FAST_READ OK", "FINAL_READ OK");
    }

    @Test
    void theTroublesOfASeedAreAlwaysTheSameAndEachComesToItsEnd() {
        var long1 = Troubles.drawn(7, Duration.ofMinutes(10));
        assertThat(Troubles.drawn(7, Duration.ofMinutes(10))).isEqualTo(long1);
        assertThat(long1.moments()).extracting(Troubles.Moment::trouble).contains(Trouble.values());
        for (long seed = new SplittableRandom().nextLong(), last = seed + 100; seed < last; seed++) {
            var moments = Troubles.drawn(seed, Duration.ofMinutes(3)).moments();
            assertThat(moments.stream().filter(Troubles.Moment::begins)).hasSize(moments.size() / 2);
        }
    }
}
