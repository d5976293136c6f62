package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import org.junit.jupiter.api.Test;

/// R73: after how many folds, bytes and milliseconds a checkpoint is due.
class CheckpointTest {
    private static final ParticipantId ORIGIN = new ParticipantId(new NodeId(1), 1);
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private final Checkpoint checkpoint = new Checkpoint();

    private void fold(int times) {
        int before = checkpoint.folds();
        for (int i = before + 1; i <= before + times; i++) {
            checkpoint.folded(LogEntry.barrier(new EventId(i, ORIGIN), i), 0);
        }
    }

    /// How many folds it takes while so many states of so many bytes together have changed.
    private int foldsUntilDue(int changed, long bytes) {
        fold(1);
        while (!checkpoint.isDue(0, changed, bytes)) {
            fold(1);
        }
        return checkpoint.folds();
    }

    @Test
    void r73NothingIsDueWhereNothingFolded() {
        assertThat(checkpoint.isDue(1_000_000, 0, 0)).isFalse();
    }

    @Test
    void r73ItIsDueAfter4096Folds() {
        assertThat(foldsUntilDue(100, 100 * KIB)).isEqualTo(4096);
    }

    @Test
    void r73ItIsDueAt1MibOfManyStates() {
        fold(1);
        assertThat(checkpoint.isDue(0, 9, MIB - 1)).isFalse();
        assertThat(checkpoint.isDue(0, 9, MIB)).isTrue();
    }

    @Test
    void r73AFewLargeStatesWaitUntilEachFoldPaysFor64Bytes() {
        assertThat(foldsUntilDue(8, 512 * KIB)).isEqualTo(8192);
    }

    @Test
    void r73AStateOfAnySizeIsWrittenAfter16384FoldsAtTheLatest() {
        assertThat(foldsUntilDue(1, 8 * MIB)).isEqualTo(16_384);
    }

    @Test
    void r73AFewStatesTogetherTakeAtMost8MibInOneBatch() {
        fold(1);
        assertThat(checkpoint.isDue(0, 2, 8 * MIB - 1)).isFalse();
        assertThat(checkpoint.isDue(0, 2, 8 * MIB)).isTrue();
    }

    @Test
    void r73ItIsDueAfter5Seconds() {
        fold(1);
        assertThat(checkpoint.isDue(4_999, 1, 100)).isFalse();
        assertThat(checkpoint.isDue(5_000, 1, 100)).isTrue();
    }
}
