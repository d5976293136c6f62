package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.shard.Journalled.Append;
import io.legion.core.shard.Journalled.Clear;
import io.legion.core.shard.Journalled.Drift;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// R58: the hash of a history has the states too, small ones at every fold, large ones at agreed positions.
class LargeStatesTest {
    private static final int HASH_EVERY = 2;
    private static final ReplicaSettings SETTINGS =
            new ReplicaSettings(60_000, 200, 2_000, 1_000, 16, 2_048, 3_600_000, 1_000, HASH_EVERY, 1024);

    private final ReplicaCluster cluster = new ReplicaCluster(1, 3, SETTINGS);

    private void fold(String key, io.legion.core.Event<Journalled.Words, ?> event) {
        cluster.request(1, key, event, Consistency.FINAL);
        cluster.calm(2);
    }

    private List<Long> hashes() {
        return LongStream.of(1, 2, 3)
                .map(node -> cluster.node(node).replica.status().historyHash())
                .boxed()
                .toList();
    }

    private boolean isSetApart(long node) {
        return cluster.node(node).replica.status().phase() == ReplicaStatus.Phase.DIVERGED;
    }

    @Test
    void r58AnImpureEventOnASmallStateShowsAtTheNextAgreedPosition() {
        fold("a", new Drift());
        fold("b", new Append("x"));
        fold("b", new Append("tells of the hash"));
        cluster.calm(10);
        assertThat(List.of(isSetApart(1), isSetApart(2), isSetApart(3))).containsOnly(true);
    }

    /// Once, in a state of so many bytes; all that follows is pure.
    @ParameterizedTest
    @ValueSource(ints = {2_000, 10_000, 40_000, 200_000, 2_000_000})
    void r58AnImpureEventOnALargeStateShowsWithin256AgreedPositions(int size) {
        fold("a", new Append("x".repeat(size)));
        fold("a", new Drift());
        int folds = 2;
        // The hash of the 256th is told with the next event.
        while (!isSetApart(1) && folds <= 256 * HASH_EVERY) {
            fold("b", new Append("y" + folds));
            folds++;
        }
        cluster.calm(10);
        assertThat(List.of(isSetApart(1), isSetApart(2), isSetApart(3))).containsOnly(true);
    }

    @Test
    void r58WhoIsRestartedGoesOnWithTheSameHash() {
        fold("a", new Append("x".repeat(30_000)));
        fold("b", new Append("x".repeat(3_000)));
        cluster.checkpoint();
        cluster.node(2).restart();
        for (int i = 0; i < 70 * HASH_EVERY; i++) {
            fold("c", new Append("y" + i));
            if (i == 9) {
                fold("a", new Clear());
            }
        }
        assertThat(hashes()).hasSize(3).allMatch(hash -> hash.equals(hashes().getFirst()));
        assertThat(List.of(isSetApart(1), isSetApart(2), isSetApart(3))).containsOnly(false);
    }

    @Test
    void r58WhoCopiesGoesOnWithTheSameHash() {
        fold("a", new Append("x".repeat(30_000)));
        var joiner = cluster.join(4, 1);
        cluster.calm(20);
        cluster.node(1).replica.change(new Change(List.of(), List.of(joiner.id)), cluster.now);
        cluster.node(1).settle();
        cluster.calm(60);
        assertThat(joiner.replica.status().phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        for (int i = 0; i < 70 * HASH_EVERY; i++) {
            fold("c", new Append("y" + i));
        }
        assertThat(joiner.replica.status().historyHash()).isEqualTo(hashes().getFirst());
    }
}
