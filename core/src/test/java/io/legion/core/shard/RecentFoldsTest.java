package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentFoldsTest {
    private record Told(RecentFolds.Fold fold, long hash) {}

    @Test
    void itRemembersTheLastFoldsWhateverTheyAre() {
        for (long seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var recent = new RecentFolds();
            var list = new ArrayList<Told>();
            for (int round = 0; round < 3; round++) {
                recent.clear();
                list.clear();
                int folds = random.nextInt(2 * RecentFolds.MOST + 10);
                for (int i = 0; i < folds; i++) {
                    list.add(add(recent, random));
                }
                var all = recent.all();
                assertThat(recent.size()).isEqualTo(all.size());
                assertThat(all.size())
                        .isBetween(Math.min(RecentFolds.MOST / 2, folds), Math.min(RecentFolds.MOST, folds));
                var last = list.subList(folds - all.size(), folds);
                assertThat(all)
                        .as("seed " + seed)
                        .isEqualTo(last.stream().map(Told::fold).toList());
                assertThat(all.stream().map(RecentFolds.Fold::hash).toList())
                        .as("seed " + seed)
                        .isEqualTo(last.stream().map(Told::hash).toList());
            }
        }
    }

    private static Told add(RecentFolds recent, Random random) {
        var id = new EventId(random.nextLong(1, Long.MAX_VALUE), new ParticipantId(new NodeId(random.nextLong()), 3));
        if (random.nextInt(4) == 0) {
            return new Told(new RecentFolds.Fold(id, null), recent.add(LogEntry.barrier(id, 1), null));
        }
        int keySize = random.nextInt(1, RecentFolds.MOST_KEY_BYTES + 20);
        var address = new PartitionAddress(random.nextInt(), new PartitionKey(Bytes.of("k".repeat(keySize))));
        var entry = LogEntry.event(id, 1, new RequestId(1, 2), id, address, Bytes.of("event"));
        var result = result(random);
        long hash = recent.add(entry, result);
        return new Told(
                new RecentFolds.Fold(
                        id,
                        new RecentFolds.Fold.Of(
                                keySize > RecentFolds.MOST_KEY_BYTES ? null : address,
                                null,
                                Math.max(1, result.version()),
                                Hash.of(result.summary()),
                                result.applied() ? result.stateHash() : 0)),
                hash);
    }

    /// Also of an event that was not applied, in a partition of which no version is known.
    private static Result result(Random random) {
        var courses = Result.Course.values();
        var summary = new Result.Summary(Result.Kind.APPLIED, Bytes.of("output " + random.nextInt()));
        return new Result(
                "state", random.nextInt(0, 5), 7, random.nextLong(), courses[random.nextInt(courses.length)], summary);
    }

    /// Numbers of 16 bits stand for them.
    @Test
    void itRemembersTheLastFoldsHoweverManyNodesThereWere() {
        var random = new Random(1);
        var recent = new RecentFolds();
        for (int i = 0; i < 1 << 17; i++) {
            Told last = add(recent, random);
            if (i % 100 == 0) {
                assertThat(recent.size()).isBetween(1, RecentFolds.MOST);
                assertThat(recent.all().getLast()).isEqualTo(last.fold());
            }
        }
    }
}
