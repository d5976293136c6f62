package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// One of four nodes stops to read, and is not replaced. `-Dlegion.silence=60s` makes that longer.
final class SilentPeerTest {
    private static final int SILENT = 4;
    private static final Duration SETTLED = Duration.ofSeconds(4);
    private static final Duration NEVER_REPLACED = Duration.ZERO;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// Events are large, so that what would be kept for the silent peer is much.
    private static final int FILLER = 2_000;

    /// What a node may use beside that, in MiB.
    private static final long MOST_HEAP = 64;

    /// How many times its characters an event may take that is kept because the silent peer does not have it (R24 says
    /// how many there may be): as it is sent, as an object, and with what it came to.
    private static final long TIMES = 6;

    /// How long a request may take that needs only nodes that answer; much is due to how busy the machine is.
    private static final long MOST_MILLIS = 8_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory = Path.of("");

    @Test
    void whoDoesNotNeedASilentPeerGoesOnAndNobodysMemoryGrows() {
        var refusal = Network.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        var silence = Times.of("legion.silence");
        System.out.println("logs in " + directory);
        try (var lab = Lab.of(directory, 4, 2, NEVER_REPLACED)) {
            lab.start(1, 2, 3, SILENT);
            lab.awaitRest();
            // What need not move at once does so when no other node has come for 2 s.
            Lab.pass(SETTLED);
            lab.awaitRest();
            var others = keysWithout(lab);
            assertThat(others).hasSizeBetween(1, Load.KEYS - 1);
            for (int node = 1; node < SILENT; node++) {
                lab.run(node, PAUSE, FILLER, 1);
            }
            Lab.pass(Duration.ofSeconds(3));
            lab.node(SILENT).pause();
            long begin = System.nanoTime();
            Lab.pass(silence);
            long end = System.nanoTime();
            var outstanding = lab.outstanding(Set.of(SILENT));
            var heaps = lab.heaps(Set.of(SILENT));
            System.out.println("heap in MiB after " + silence + ": " + heaps + ", events that wait: " + outstanding);
            lab.node(SILENT).resume();
            lab.askAll("stop");
            tell(lab.history(), others, begin, end);
            heaps.forEach((node, heap) -> assertThat(heap)
                    .as("heap of node " + node)
                    .isLessThanOrEqualTo(MOST_HEAP + ((outstanding.getOrDefault(node, 0) * TIMES * FILLER) >> 20)));
            lab.awaitRest();
            assertThat(lab.breaches()).isEmpty();
        }
    }

    /// The keys whose shards have no copy on the silent node.
    private static Set<Integer> keysWithout(Lab lab) {
        var silent = Standing.parse(lab.node(SILENT).ask("status")).stream()
                .map(Standing::shard)
                .collect(Collectors.toSet());
        return IntStream.range(0, Load.KEYS)
                .filter(key -> !silent.contains(JournalNodeMain.shardOf(Load.key(key))))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static void tell(History history, Set<Integer> others, long begin, long end) {
        var during = history.operations().stream()
                .filter(o -> o.beginNanos() > begin && o.beginNanos() < end)
                .toList();
        var unaffected = during.stream().filter(o -> others.contains(o.key())).toList();
        var failed = unaffected.stream().filter(o -> !o.isAnswered()).toList();
        System.out.println(during.size() + " requests and reads while a peer was silent, " + unaffected.size()
                + " of them on keys without it, of which " + failed.size() + " failed; " + Latencies.of(unaffected));
        assertThat(failed).isEmpty();
        assertThat(Latencies.of(unaffected).most()).isLessThan(MOST_MILLIS);
        // Whoever waits for others waits most of the time, on keys of the silent peer: seldom, one kind never has a
        // turn.
        assertThat(unaffected).map(Operation::kind).contains(Operation.Kind.FAST);
        assertThat(unaffected).map(Operation::kind).containsAnyOf(Operation.Kind.DURABLE, Operation.Kind.FINAL);
        assertThat(count(during, Operation.Kind.FAST)).isPositive();
    }

    private static long count(List<Operation> operations, Operation.Kind kind) {
        return operations.stream()
                .filter(o -> o.kind() == kind && o.isAnswered())
                .count();
    }
}
