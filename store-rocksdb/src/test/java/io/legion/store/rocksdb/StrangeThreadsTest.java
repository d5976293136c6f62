package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Threads of callers that are interrupted, or that close the store all at once.
@Timeout(60)
final class StrangeThreadsTest {
    private static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(9, 9), "threads", new NodeId(1), 1, 1, new TreeMap<>());
    private static final byte[] KEY = {1};

    @TempDir
    private Path home;

    @AfterEach
    void noTestLeavesItsThreadInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptedThreadOpensFoundsWritesAndClosesAsAnyOtherDoes() {
        Thread.currentThread().interrupt();
        try (var store = RocksPlace.open(home)) {
            store.identify(IDENTITY);
            store.write(new Batch().put(KEY, KEY), Durability.MEMORY);
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
            assertThat(store.get(KEY)).isEqualTo(KEY);
        }
        assertThat(Thread.interrupted()).isTrue();
        try (var store = RocksPlace.open(home)) {
            assertThat(store.stoppedCleanly()).isTrue();
            assertThat(store.complete()).isTrue();
            assertThat(store.get(KEY)).isEqualTo(KEY);
        }
    }

    @Test
    void anInterruptDuringTheWritesDisturbsNone() throws Exception {
        try (var store = RocksPlace.open(home)) {
            store.identify(IDENTITY);
            var writer = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 200; i++) {
                    // Each new life strengthens the marker, so that the next weak write changes the file again.
                    store.identify(IDENTITY.withNode(new NodeId(2 + i)));
                    store.write(new Batch().put(KEY, KEY), Durability.MEMORY);
                }
            });
            while (writer.isAlive()) {
                writer.interrupt();
            }
            writer.join();
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
            assertThat(store.identity()).contains(IDENTITY.withNode(new NodeId(201)));
        }
    }

    @Test
    void allWhoCloseAtOnceReturnWhenTheStoreIsClosedWell() throws Exception {
        var store = RocksPlace.open(home);
        store.identify(IDENTITY);
        int many = 4;
        var together = new CyclicBarrier(many);
        var broken = new AtomicReference<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < many; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    together.await();
                    store.close();
                    assertThatThrownBy(() -> store.get(KEY)).isInstanceOf(IllegalStateException.class);
                } catch (Throwable failed) {
                    broken.set(failed);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(broken).hasValue(null);
        try (var again = RocksPlace.open(home)) {
            assertThat(again.stoppedCleanly()).isTrue();
        }
    }

    @Test
    void aVisitorThatClosesTheStoreEndsItsScan() {
        var store = RocksPlace.open(home);
        store.identify(IDENTITY);
        store.write(new Batch().put(KEY, KEY), Durability.MEMORY);
        assertThatThrownBy(() -> store.scan(KEY, null, (_, _) -> {
                    store.close();
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The store is closed");
        try (var again = RocksPlace.open(home)) {
            assertThat(again.stoppedCleanly()).isTrue();
            assertThat(again.get(KEY)).isEqualTo(KEY);
        }
    }

    /// A write whose measurement fails is a write.
    @Test
    void aMonitorThatThrowsFailsNoWrite() {
        var inside = RecordingMonitor.open();
        var monitor = new BrokenTimers(inside);
        try (var store = RocksDbStore.open(RocksDbStore.Config.of(home), RecordingLogger.open(), monitor)) {
            store.identify(IDENTITY);
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
            assertThat(store.get(KEY)).isEqualTo(KEY);
        }
    }
}
