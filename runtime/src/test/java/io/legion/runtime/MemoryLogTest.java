package io.legion.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryLogTest {
    private final MemoryLog log = new MemoryLog(3, new ParticipantId(new NodeId(1), 1));

    private void put(long sequence) {
        log.put(sequence, new byte[] {(byte) sequence});
    }

    private List<Long> sequences() {
        var found = new ArrayList<Long>();
        log.forEach(0, MemoryLog.END, entry -> found.add(ShardLayout.sequenceOf(entry.key)));
        return found;
    }

    @Test
    void aGapTakesNoRoomHoweverWideItIs() {
        put(5);
        put(MemoryLog.END - 1);
        put(1L << 40);
        put(6);
        put(2);
        assertThat(sequences()).containsExactly(2L, 5L, 6L, 1L << 40, MemoryLog.END - 1);
        log.delete(3, MemoryLog.END);
        assertThat(sequences()).containsExactly(2L);
        assertThat(log.bytes()).isEqualTo(ShardLayout.ENTRY_BYTES + 1);
    }

    @Test
    void whatTheRingReachesLaterIsThereOnce() {
        put(10);
        put(12);
        put(11);
        put(12);
        assertThat(sequences()).containsExactly(10L, 11L, 12L);
        assertThat(log.bytes()).isEqualTo(3 * (ShardLayout.ENTRY_BYTES + 1));
    }

    @Test
    void aRingOfHolesIsGivenUpAndNothingOfItIsLost() {
        for (int i = 1; i <= 10_000; i++) {
            put(i);
        }
        log.delete(2, 5_000);
        log.delete(5_001, 10_000);
        put(10_001);
        assertThat(sequences()).containsExactly(1L, 5_000L, 10_000L, 10_001L);
        log.delete(0, 10_001);
        assertThat(log.get(10_001)).containsExactly(10_001 & 0xff);
        log.delete(10_001, 10_002);
        assertThat(log.isEmpty()).isTrue();
        assertThat(log.bytes()).isZero();
    }
}
