package io.legion.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A [Store] under many writers, against a plain map, and when it is full: extend it in the tests of an
/// implementation.
public abstract class StoreLoadContract {

    private static final int ROUNDS = 3000;

    private StorePlace place;

    /// For the class that extends it.
    @SuppressWarnings("NullAway.Init")
    protected StoreLoadContract() {}

    /// A new, empty place.
    protected abstract StorePlace place() throws Exception;

    /// A place that holds no more than some 64 MiB, or empty where there cannot be one.
    protected abstract Optional<StorePlace> smallPlace() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        place = place();
    }

    @AfterEach
    final void close() throws Exception {
        place.close();
    }

    @Test
    void itAgreesWithAPlainMapThroughThousandsOfRandomBatches() {
        var random = new Random(20261122);
        var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        var store = founded(place);
        for (int round = 0; round < ROUNDS; round++) {
            var batch = randomBatch(random, model);
            store.write(batch, random.nextBoolean() ? Durability.HANDED_OVER : Durability.MEMORY);
            if (round % 600 == 599) {
                store = reopened(store);
            }
            compare(store, model, random);
        }
        compareWhole(store, model);
    }

    @Test
    void scansSeeBatchesWholeWhileTheyAreWritten() throws Exception {
        var store = founded(place);
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> {
                for (int i = 0; i < 2000; i++) {
                    store.write(sameEverywhere((byte) i), Durability.MEMORY);
                }
                done.set(true);
            });
            do {
                var values = new HashSet<Byte>();
                store.scan(new byte[0], null, (_, value) -> !values.add(value[0]) || !values.isEmpty());
                assertThat(values).hasSizeLessThanOrEqualTo(1);
            } while (!done.get() && !writer.isDone());
            writer.get();
        }
    }

    @Test
    void everyBatchOfManyWritersArrives() throws Exception {
        var store = founded(place);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < 16; i++) {
                byte writer = (byte) i;
                writers.add(threads.submit(() -> writeHundred(store, writer)));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(StoreContract.entries(store, new byte[0], null)).hasSize(1600);
    }

    @Test
    void aFullStoreRefusesWhatItHasNoRoomForAndKeepsWhatItAcknowledged() throws Exception {
        var small = smallPlace();
        Assumptions.assumeTrue(small.isPresent(), "no place of a bounded size can be made here");
        try (var full = small.get()) {
            var store = founded(full);
            int acknowledged = writeUntilFull(store);

            assertThatThrownBy(() ->
                            store.write(new Batch().put(new byte[] {2}, new byte[128 << 10]), Durability.HANDED_OVER))
                    .isInstanceOf(StoreException.Full.class);
            assertThat(store.get(new byte[] {2})).isNull();
            assertThat(count(store)).isEqualTo(2 * acknowledged);
        }
    }

    private static int count(Store store) {
        var count = new AtomicInteger();
        store.scan(new byte[0], null, (_, _) -> count.incrementAndGet() > 0);
        return count.get();
    }

    private static int writeUntilFull(Store store) {
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            var value = new byte[64 << 10];
            random.nextBytes(value);
            var batch = new Batch().put(new byte[] {0, (byte) (i >> 8), (byte) i}, value);
            try {
                store.write(batch.put(new byte[] {1, (byte) (i >> 8), (byte) i}, value), Durability.HANDED_OVER);
            } catch (StoreException.Full full) {
                assertThat(i).isPositive();
                return i;
            }
        }
        throw new AssertionError("a place for 64 MiB took 250 MiB");
    }

    private static void writeHundred(Store store, byte writer) {
        var batch = new Batch();
        for (int i = 0; i < 100; i++) {
            batch.clear();
            store.write(
                    batch.put(new byte[] {writer, (byte) i}, new byte[] {1}),
                    i % 3 == 0 ? Durability.FORCED : Durability.HANDED_OVER);
            assertThat(store.get(new byte[] {writer, (byte) i})).isNotNull();
        }
    }

    private static Batch sameEverywhere(byte value) {
        var batch = new Batch();
        for (int i = 0; i < 50; i++) {
            batch.put(new byte[] {(byte) i}, new byte[] {value});
        }
        return batch;
    }

    private Store reopened(Store store) {
        if (!store.strongest().covers(Durability.HANDED_OVER)) {
            return store;
        }
        place.shut();
        return place.open();
    }

    private static Batch randomBatch(Random random, NavigableMap<byte[], byte[]> model) {
        var batch = new Batch();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] key = randomKey(random);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    batch.delete(key);
                    model.remove(key);
                }
                case 3 -> {
                    byte[] to = nearAfter(key, random);
                    batch.deleteRange(key, to);
                    if (Arrays.compareUnsigned(key, to) < 0) {
                        model.subMap(key, to).clear();
                    }
                }
                default -> {
                    byte[] value = new byte[random.nextInt(40)];
                    random.nextBytes(value);
                    batch.put(key, value);
                    model.put(key, value);
                }
            }
        }
        return batch;
    }

    /// Mostly a small range: large ones would keep the map empty.
    private static byte[] nearAfter(byte[] key, Random random) {
        byte[] to = Arrays.copyOf(key, key.length + random.nextInt(2));
        to[to.length - 1] = (byte) random.nextInt(256);
        return to;
    }

    /// Few different bytes, so that keys meet and are prefixes of each other.
    private static byte[] randomKey(Random random) {
        byte[] letters = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};
        byte[] key = new byte[1 + random.nextInt(6)];
        for (int i = 0; i < key.length; i++) {
            key[i] = letters[random.nextInt(letters.length)];
        }
        return key;
    }

    private static void compare(Store store, NavigableMap<byte[], byte[]> model, Random random) {
        byte[] key = randomKey(random);
        assertThat(store.get(key)).isEqualTo(model.get(key));
        var first = model.ceilingKey(key);
        var seen = new ArrayList<byte[]>();
        store.scan(key, null, (found, _) -> {
            seen.add(found);
            return false;
        });
        assertThat(seen)
                .hasSize(first == null ? 0 : 1)
                .allSatisfy(found -> assertThat(found).isEqualTo(first));
    }

    private static void compareWhole(Store store, NavigableMap<byte[], byte[]> model) {
        var expected = new ArrayList<String>();
        model.forEach((key, value) -> expected.add(StoreContract.text(key) + "=" + StoreContract.text(value)));
        assertThat(StoreContract.entries(store, new byte[0], null)).isEqualTo(expected);
        assertThat(expected).isNotEmpty();
    }

    private static Store founded(StorePlace place) {
        var store = place.open();
        store.identify(StoreContract.IDENTITY);
        return store;
    }
}
