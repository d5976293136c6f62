package io.legion.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.runtime.storage.ShardLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryLogTest {
    private final CheckedChunks chunks = new CheckedChunks();
    private final MemoryLog log = new MemoryLog(3, new ParticipantId(new NodeId(1), 1), chunks);

    private void put(long sequence) {
        log.put(sequence, new byte[] {(byte) sequence});
    }

    private void put(long sequence, int size) {
        byte[] value = new byte[size];
        Arrays.fill(value, (byte) sequence);
        log.put(sequence, value);
        assertThat(log.get(sequence)).isEqualTo(value);
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

    @Test
    void aLogHoldsNoChunkWhenItIsEmpty() {
        assertThat(chunks.inUse()).isZero();
        int sequence = 1;
        for (int size : new int[] {0, 1, 100, 4 << 10, 16 << 10, 20 << 10, 1 << 20}) {
            put(sequence++, size);
            put(sequence++, 100);
        }
        put(3, 20 << 10);
        put(sequence + 100, 50);
        log.delete(0, MemoryLog.END);
        assertThat(log.isEmpty()).isTrue();
        assertThat(log.bytes()).isZero();
        assertThat(chunks.inUse()).isZero();
    }

    @Test
    void aLogWithStraysOnlyHoldsNoChunk() {
        put(1);
        put(100);
        log.delete(1, 2);
        assertThat(sequences()).containsExactly(100L);
        assertThat(chunks.inUse()).isZero();
    }

    @Test
    void aLogThatHoldsLittleTakesLittle() {
        put(1, 100);
        put(2, 100);
        assertThat(chunks.bytesInUse()).isEqualTo(256);
        put(3, 100);
        assertThat(chunks.bytesInUse()).isEqualTo(512);
        for (int i = 4; i <= 1_000; i++) {
            put(i, 100);
            log.delete(i - 2, i - 1);
        }
        assertThat(chunks.bytesInUse()).isLessThanOrEqualTo(2_048);
    }

    @Test
    void aLogThatHoldsMuchTakesFullChunks() {
        for (int i = 1; i <= 10_000; i++) {
            put(i, 100);
        }
        assertThat(chunks.bytesInUse()).isBetween(1_000_000L, 1_050_000L);
        assertThat(chunks.inUse()).isLessThan(75);
    }

    @Test
    void aLongValueTakesWhatItIsLong() {
        put(1, 20_000);
        assertThat(chunks.bytesInUse()).isEqualTo(20_000);
        put(2, 1);
        put(1, Chunks.LONGEST_SHARED + 1);
        assertThat(chunks.bytesInUse()).isEqualTo(Chunks.LONGEST_SHARED + 1 + Chunks.FULL);
    }

    @Test
    void aValueThatIsReplacedLeavesNothing() {
        put(1, 10);
        for (int i = 0; i < 10_000; i++) {
            put(2, i % 200);
        }
        assertThat(chunks.inUse()).isLessThanOrEqualTo(3);
        assertThat(log.bytes()).isEqualTo(2 * ShardLayout.ENTRY_BYTES + 10 + 9_999 % 200);
        log.delete(0, 3);
        assertThat(chunks.inUse()).isZero();
    }

    @Test
    void whatWasGivenOutIsTheReadersOwn() {
        for (int size : new int[] {100, Chunks.FULL, 20 << 10}) {
            put(7, size);
            byte[] seen = log.get(7);
            assertThat(seen).hasSize(size).containsOnly(7);
            var entries = new ArrayList<MemoryEntry>();
            log.forEach(0, MemoryLog.END, entries::add);
            log.delete(7, 8);
            assertThat(seen).containsOnly(7);
            assertThat(entries.getFirst().value).isEqualTo(seen);
        }
    }
}
