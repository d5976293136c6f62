package io.legion.store.rocksdb.current;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.store.rocksdb.engine.DiskRoom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// When the store gives up waiting for the engine.
final class FullDiskPatienceTest {
    private static final DiskRoom ENOUGH = new DiskRoom(100, 100, false);
    private static final long SECOND = 1_000_000_000;
    private static final long PATIENCE = FullDisk.PATIENCE.toNanos();

    private final AtomicLong clock = new AtomicLong(-5);
    private final FullDisk disk = new FullDisk(clock::get);

    @Test
    void aDiskWithRoomAllTheTimeIsFullForGood() {
        assertThat(isForGoodAfter(0, ENOUGH)).isFalse();
        assertThat(isForGoodAfter(PATIENCE - 1, ENOUGH)).isFalse();
        assertThat(isForGoodAfter(1, ENOUGH)).isTrue();
    }

    @Test
    void aDiskWithTooLittleRoomMayGetMore() {
        assertThat(isForGoodAfter(0, ENOUGH)).isFalse();
        assertThat(isForGoodAfter(PATIENCE, new DiskRoom(100, 99, false))).isFalse();
        assertThat(isForGoodAfter(SECOND, ENOUGH)).isFalse();
        assertThat(isForGoodAfter(PATIENCE - 1, ENOUGH)).isFalse();
        assertThat(isForGoodAfter(1, ENOUGH)).isTrue();
    }

    @Test
    void anEngineThatWritesATableMayGoOn() {
        assertThat(isForGoodAfter(0, ENOUGH)).isFalse();
        assertThat(isForGoodAfter(PATIENCE, new DiskRoom(100, 100, true))).isFalse();
        assertThat(isForGoodAfter(SECOND, ENOUGH)).isFalse();
    }

    @Test
    void aWriteThatSucceedsEndsTheWait() {
        assertThat(isForGoodAfter(0, ENOUGH)).isFalse();
        disk.over();
        assertThat(isForGoodAfter(PATIENCE, ENOUGH)).isFalse();
    }

    private boolean isForGoodAfter(long nanos, DiskRoom room) {
        clock.addAndGet(nanos);
        return disk.isForGood(room);
    }
}
