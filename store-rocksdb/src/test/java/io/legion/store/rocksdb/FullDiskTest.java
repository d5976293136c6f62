package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.nio.file.Files;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Another program fills the disk, and makes room again.
final class FullDiskTest {
    private static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(1, 1), "full", new NodeId(5), 1, 8, new TreeMap<>());
    private static final int VALUE = 64 << 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private int written;

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "FORCED"})
    void theStoreIsReadMeanwhileAndTakesWritesAgainByItself(Durability durability) throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            write(store, durability);
            for (int round = 0; round < 2; round++) {
                var filler = disk.fill();
                writeUntilFull(store, durability);
                int acknowledged = written;
                for (int i = 0; i < acknowledged; i++) {
                    assertThat(store.get(key(i))).hasSize(VALUE);
                }
                assertThat(store.get(key(acknowledged))).isNull();
                Files.delete(filler);
                awaitWritten(store, durability);
                assertThat(store.get(key(acknowledged))).hasSize(VALUE);
            }
            disk.crash();
            requireAll(disk.open());
            disk.shut();
            requireAll(disk.open());
        }
    }

    @Test
    void aStoreWhoseFirstWriteFindsAFullDiskAndThatIsClosedInAnotherOneHasAllThatItAcknowledged() throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            var filler = disk.fill();
            writeUntilFull(store, Durability.HANDED_OVER);
            Files.delete(filler);
            awaitWritten(store, Durability.HANDED_OVER);
            filler = disk.fill();
            writeUntilFull(store, Durability.HANDED_OVER);
            disk.shut();
            Files.delete(filler);
            requireAll(disk.open());
        }
    }

    private void requireAll(Store store) {
        for (int i = 0; i < written; i++) {
            assertThat(store.get(key(i))).hasSize(VALUE);
        }
        assertThat(store.damage()).isEmpty();
    }

    private static SmallDisk small() throws Exception {
        var disk = SmallDisk.mounted("size=128m");
        Assumptions.assumeTrue(disk.isPresent(), "this process may not mount a file system");
        return disk.get();
    }

    private void writeUntilFull(Store store, Durability durability) {
        for (int i = 0; i < 1000; i++) {
            try {
                write(store, durability);
            } catch (StoreException.Full full) {
                assertThat(full).hasMessageContaining("Make room on the disk");
                return;
            }
        }
        throw new AssertionError("a full disk took 62 MiB");
    }

    private void awaitWritten(Store store, Durability durability) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                write(store, durability);
                return;
            } catch (StoreException.Full stillFull) {
                LockSupport.parkNanos(100_000_000);
            }
        }
        throw new AssertionError("no write within " + PATIENCE);
    }

    private void write(Store store, Durability durability) {
        var value = new byte[VALUE];
        random.nextBytes(value);
        store.write(new Batch().put(key(written), value), durability);
        written++;
    }

    private static byte[] key(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }
}
