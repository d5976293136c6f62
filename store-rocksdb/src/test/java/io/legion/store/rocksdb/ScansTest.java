package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Visitors that take their time, as a backup over a slow network does, or that write, hold up nobody.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // who waits for a gate hears no interrupt
final class ScansTest {
    @TempDir
    private Path home;

    private final RecordingLogger logger = RecordingLogger.open(new RecordingLogger.Config(1000));

    /// A scan whose visitor waits at the first key until it may go on.
    private static final class SlowScan {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicInteger visited = new AtomicInteger();
        private final FutureTask<Throwable> outcome;

        SlowScan(RocksDbStore store) throws InterruptedException {
            outcome = new FutureTask<>(() -> scan(store));
            Thread.ofPlatform().daemon().start(outcome);
            begun.await();
        }

        private Throwable scan(RocksDbStore store) {
            try {
                store.scan(new byte[0], null, (_, _) -> {
                    begun.countDown();
                    await(goOn);
                    return visited.incrementAndGet() > 0;
                });
                return new AssertionError("the scan came to its end");
            } catch (RuntimeException ended) {
                return ended;
            }
        }

        Throwable end() throws Exception {
            goOn.countDown();
            return outcome.get();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSlowVisitorHoldsUpNeitherAReopeningNorOtherCalls() throws Exception {
        try (var store = StoreFiles.open(StoreFiles.damaged(home), false, logger)) {
            var slow = new SlowScan(store);
            StoreFiles.writeAcross(store);
            logger.expect(Logger.Priority.WARNING, "stopped at a damaged table, and was opened again");
            assertThat(store.get(StoreFiles.key(StoreFiles.MORE - 1))).isNotNull();
            assertThat(slow.end())
                    .as("it cannot go on as the store was")
                    .isInstanceOf(StoreException.class)
                    .isNotInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("Nothing is wrong with what is stored")
                    .hasMessageContaining("scan again");
        }
    }

    @Test
    void aVisitorThatWritesDoesNotEndTheWritesIfAMergeMeetsADamagedTable() throws IOException {
        try (var store = StoreFiles.open(StoreFiles.damaged(home), false, logger)) {
            var visited = new AtomicInteger();
            assertThatThrownBy(() -> store.scan(new byte[0], null, (_, _) -> {
                        if (visited.getAndIncrement() == 0) {
                            StoreFiles.writeAcross(store);
                        }
                        return true;
                    }))
                    .hasMessageContaining("scan again");
            logger.expect(Logger.Priority.WARNING, "was opened again");
            StoreFiles.write(store, StoreFiles.MORE, StoreFiles.MORE + 10);
            assertThat(store.get(StoreFiles.key(StoreFiles.MORE))).isNotNull();
        }
    }

    @Test
    void aSlowVisitorHoldsUpNoClose() throws Exception {
        var directory = StoreFiles.closed(home);
        var store = StoreFiles.open(directory, false, logger);
        var slow = new SlowScan(store);
        store.close();
        assertThat(slow.end()).isInstanceOf(IllegalStateException.class).hasMessageContaining("The store is closed");
        try (var again = StoreFiles.open(directory, false, logger)) {
            assertThat(again.stoppedCleanly()).isTrue();
        }
    }

    @Test
    void aLongScanSeesTheMomentItBeganThoughItIsReadInPieces() throws IOException {
        try (var store = StoreFiles.open(StoreFiles.closed(home), false, logger)) {
            var visited = new AtomicInteger();
            store.scan(new byte[0], null, (key, value) -> {
                int i = visited.getAndIncrement();
                if (i == 0) {
                    store.write(
                            new Batch()
                                    .deleteRange(new byte[] {0}, new byte[] {2})
                                    .put(new byte[] {3}, new byte[1]),
                            Durability.HANDED_OVER);
                }
                assertThat(key).isEqualTo(StoreFiles.key(i));
                assertThat(value).isEqualTo(StoreFiles.value(i));
                return true;
            });
            assertThat(visited).hasValue(StoreFiles.RECORDS);
        }
    }

    @Test
    void whatComesBeforeADamagedBlockIsVisited() throws IOException {
        try (var store = StoreFiles.open(StoreFiles.damaged(home), false, logger)) {
            int readable = 0;
            while (isReadable(store, readable)) {
                readable++;
            }
            var visited = new AtomicInteger();
            assertThatThrownBy(() -> store.scan(new byte[0], null, (_, _) -> visited.incrementAndGet() > 0))
                    .isInstanceOf(StoreException.Damaged.class);
            assertThat(visited).hasValue(readable);
        }
    }

    private static boolean isReadable(RocksDbStore store, int record) {
        try {
            return store.get(StoreFiles.key(record)) != null;
        } catch (StoreException.Damaged damaged) {
            return false;
        }
    }
}
