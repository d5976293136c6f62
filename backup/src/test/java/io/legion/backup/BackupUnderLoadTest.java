package io.legion.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.operations.PartitionPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A shard is backed up as it was at one moment, whatever happens meanwhile.
@Timeout(120)
final class BackupUnderLoadTest {
    private static final int BACKUPS = 5;

    @TempDir
    private Path home;

    private final TestCluster cluster = TestCluster.open();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> callers = new ArrayList<>();

    @AfterEach
    void close() {
        cluster.close();
    }

    /// Two partitions of each shard, the first and the last of many in the order of the store.
    private SortedMap<Integer, List<String>> pairs() {
        var pairs = new TreeMap<Integer, List<String>>();
        for (int i = 0; pairs.size() < TestCluster.SHARDS; i++) {
            var key = "a-first-" + i;
            pairs.putIfAbsent(shard(key), new ArrayList<>(List.of(key)));
        }
        for (int i = 0; pairs.values().stream().anyMatch(pair -> pair.size() < 2); i++) {
            var key = "z-last-" + i;
            var pair = pairs.get(shard(key));
            if (pair != null && pair.size() < 2) {
                pair.add(key);
            }
        }
        return pairs;
    }

    private int shard(String key) {
        PartitionPlace place = cluster.legion.operations().place("counter", PartitionKey.of(key));
        return place.shard();
    }

    @Test
    void theStatesOfAShardAreOfOneMoment() throws InterruptedException {
        cluster.fill(20_000);
        var pairs = pairs();
        var counted = new TreeMap<Integer, AtomicLong>();
        pairs.forEach((shard, pair) -> {
            counted.put(shard, new AtomicLong());
            callers.add(Thread.ofPlatform().start(() -> count(pair, counted.get(shard))));
        });
        for (int number = 1; number <= BACKUPS; number++) {
            var before = new TreeMap<Integer, Long>();
            counted.forEach((shard, count) -> before.put(shard, count.get()));

            cluster.backUp(home);

            var backup = Backup.at(home);
            pairs.forEach((shard, pair) -> {
                long first = TestCluster.in(backup, pair.get(0)).count();
                long last = TestCluster.in(backup, pair.get(1)).count();
                assertThat(first - last).as("shard %d", shard).isBetween(0L, 1L);
                assertThat(last).as("shard %d", shard).isGreaterThanOrEqualTo(before.get(shard));
            });
            assertThat(backup.damages(BackupProgress.NONE)).isEmpty();
        }
        stopped.set(true);
        for (var caller : callers) {
            caller.join();
        }
    }

    /// The first of a pair, then the last: never does the last have more.
    private void count(List<String> pair, AtomicLong counted) {
        while (!stopped.get()) {
            for (var key : pair) {
                var _ = cluster.legion.partitions(Counter.TYPE).of(key).request(new Counter.Count(), Consistency.FAST);
            }
            counted.incrementAndGet();
        }
    }
}
