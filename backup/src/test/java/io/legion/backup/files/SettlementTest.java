package io.legion.backup.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.backup.BackupException;
import io.legion.backup.BackupSource;
import io.legion.backup.ClusterFacts;
import io.legion.backup.ShardLook;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.SettledShard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What a settlement says of a cluster in which something changes meanwhile.
final class SettlementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Script script = new Script();

    /// A cluster of one shard that is as the script says, look after look; the last one stays.
    private static final class Script implements BackupSource {
        private final Deque<ClusterFacts> looks = new ArrayDeque<>();
        private int settled;
        private int settles = Integer.MAX_VALUE;

        @Override
        public ClusterFacts facts() {
            return looks.size() == 1 ? looks.getFirst() : looks.removeFirst();
        }

        @Override
        public List<SettledShard> settle(List<Integer> shards, Duration patience) {
            int position = ++settled * 10;
            boolean settling = settled <= settles;
            return shards.stream()
                    .map(shard -> new SettledShard(shard, settling, position, settling ? "" : "no majority"))
                    .toList();
        }

        @Override
        public Extract extract(int shard, long least, int turn) {
            throw new AssertionError("nobody reads yet");
        }

        @Override
        public ExtractPiece piece(Extract extract, int section, int offset, Optional<Bytes> expected) {
            throw new AssertionError("nobody reads yet");
        }
    }

    private void look(long epoch, long salvage, SortedSet<NodeId> asked, SortedSet<NodeId> silent) {
        script.looks.add(new ClusterFacts(
                "c",
                "bank",
                "1",
                Collections.emptySortedMap(),
                List.of(),
                List.of(new ShardLook(0, false, 3, 9, 0, epoch, salvage)),
                asked,
                silent,
                0));
    }

    private static SortedSet<NodeId> nodes(long... ids) {
        return new TreeSet<>(LongStream.of(ids).mapToObj(NodeId::new).toList());
    }

    private SettledCluster settle() {
        return new Settlement(script, PATIENCE, _ -> false).settle(script.facts());
    }

    @Test
    void aClusterInWhichNothingHappensSettlesOnce() {
        look(3, 0, nodes(1, 2), nodes());

        var settled = settle();

        assertThat(script.settled).isEqualTo(1);
        assertThat(settled.positions()).containsEntry(0, 10L);
        assertThat(settled.salvage()).isZero();
        assertThat(settled.silent()).isEmpty();
    }

    @Test
    void aNodeThatCannotBeAskedIsNamed() {
        look(3, 0, nodes(1), nodes(2));

        assertThat(settle().silent()).isEqualTo(nodes(2));
        assertThat(script.settled).isEqualTo(1);
    }

    /// It was removed while the others settled without it, and what only it had answered is salvage.
    @Test
    void salvageThatComesWhileShardsSettleIsWaitedForAndSettledAgain() {
        look(3, 0, nodes(1, 2), nodes());
        look(4, 2, nodes(1, 2), nodes());
        look(4, 0, nodes(1, 2), nodes());
        look(4, 0, nodes(1, 2), nodes());

        var settled = settle();

        assertThat(settled.salvage()).isZero();
        assertThat(settled.positions()).as("behind the salvage").containsEntry(0, 30L);
    }

    @Test
    void whatHasSettledIsTakenIfTheShardsDoNotSettleAgain() {
        look(3, 0, nodes(1, 2), nodes());
        look(3, 2, nodes(1, 2), nodes());
        script.settles = 1;

        var settled = settle();

        assertThat(settled.positions()).containsEntry(0, 10L);
        assertThat(settled.salvage()).isEqualTo(2);
        assertThat(script.settled).isEqualTo(2);
    }

    @Test
    void aShardThatNeverSettlesIsRefused() {
        look(3, 0, nodes(1, 2), nodes());
        script.settles = 0;

        assertThatThrownBy(this::settle).isInstanceOf(BackupException.class).hasMessageContaining("no majority");
    }

    @Test
    void salvageThatStaysIsCounted() {
        look(3, 0, nodes(1, 2), nodes());
        look(3, 2, nodes(1, 2), nodes());

        assertThat(settle().salvage()).isEqualTo(2);
    }

    /// As one that was ejected, and is no member any more.
    @Test
    void aNodeThatGoesMeanwhileIsNamed() {
        look(3, 0, nodes(1, 2), nodes());
        look(4, 0, nodes(1), nodes());

        var settled = settle();

        assertThat(settled.silent()).isEqualTo(nodes(2));
        assertThat(script.settled).isGreaterThan(1);
    }

    /// A participant may have been removed, and have submitted its answers again, between two looks.
    @Test
    void aShardWhoseParticipantsChangedSettlesAgain() {
        look(3, 0, nodes(1, 2), nodes());
        look(4, 0, nodes(1, 2), nodes());

        var settled = settle();

        assertThat(script.settled).isEqualTo(2);
        assertThat(settled.silent()).isEmpty();
    }

    @Test
    void aShardWhoseParticipantsChangeEachTimeIsRefused() {
        for (int epoch = 1; epoch < 20; epoch++) {
            look(epoch, 0, nodes(1, 2), nodes());
        }

        assertThatThrownBy(this::settle)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("The participants of shard 0 changed each time that they settled");
    }
}
