package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Scans: one snapshot, bounded memory, and what becomes of them when their connection is lost.
@Timeout(120)
final class ScanTest {

    private static final int ENTRIES = 2000;

    @Test
    void aScanSeesOneMomentAndHoldsUpNoWriter() throws Exception {
        try (var place = filled(TestServer.shared())) {
            var store = place.open();
            var seen = new AtomicInteger();
            store.scan(new byte[0], null, (_, value) -> {
                int i = seen.getAndIncrement();
                assertThat(ByteBuffer.wrap(value).getInt()).isEqualTo(i);
                if (i % 100 == 0) {
                    // Would wait for ever if a scan held a lock.
                    store.write(
                            new Batch().put(key(ENTRIES - 1), value(-1)).put(key(ENTRIES + i), value(i)),
                            Durability.FORCED);
                    assertThat(store.get(key(ENTRIES - 1))).isEqualTo(value(-1));
                }
                return true;
            });
            assertThat(seen).hasValue(ENTRIES);
        }
    }

    @Test
    void largeValuesComeOneAtATime() {
        try (var place = new PostgresPlace(TestServer.shared())) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            var random = new Random(4);
            var sizes = new ArrayList<Integer>();
            for (int i = 0; i < 40; i++) {
                var value = new byte[i % 3 == 0 ? 1 << 20 : 100 * i];
                random.nextBytes(value);
                sizes.add(value.length);
                store.write(new Batch().put(key(i), value), Durability.MEMORY);
            }
            var found = new ArrayList<Integer>();
            store.scan(new byte[0], null, (_, value) -> found.add(value.length));
            assertThat(found).isEqualTo(sizes);
        }
    }

    @Test
    void keysThatAreLongerThanTheIndexTakesKeepTheirOrder() {
        try (var place = new PostgresPlace(TestServer.shared())) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            var random = new Random(5);
            var common = new byte[2100];
            random.nextBytes(common);
            var model = new TreeMap<byte[], byte[]>(java.util.Arrays::compareUnsigned);
            for (int i = 0; i < 200; i++) {
                var key = java.util.Arrays.copyOf(common, 1990 + random.nextInt(2107));
                for (int at = Math.max(1995, key.length - 3); at < key.length; at++) {
                    key[at] = (byte) random.nextInt();
                }
                model.put(key, value(i));
                store.write(new Batch().put(key, value(i)), Durability.MEMORY);
            }
            var from = model.keySet().stream().skip(50).findFirst().orElseThrow();
            var to = model.keySet().stream().skip(150).findFirst().orElseThrow();
            store.write(new Batch().deleteRange(from, to), Durability.MEMORY);
            model.subMap(from, to).clear();

            var found = new ArrayList<byte[]>();
            store.scan(new byte[0], null, (key, value) -> {
                assertThat(value).isEqualTo(model.get(key));
                return found.add(key);
            });
            assertThat(found).hasSize(100);
            assertThat(found.toArray(byte[][]::new))
                    .isDeepEqualTo(model.keySet().toArray(byte[][]::new));
            assertThat(store.get(found.getLast())).isEqualTo(model.lastEntry().getValue());
        }
    }

    @Test
    void aScanWhoseConnectionIsCutGoesOnWhereItWas() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = filled(server)) {
            var store = place.open();
            var seen = new ArrayList<Integer>();
            store.scan(new byte[0], null, (key, _) -> {
                seen.add(ByteBuffer.wrap(key).getInt());
                if (seen.size() == 700) {
                    cut(server);
                }
                return true;
            });
            assertThat(seen).hasSize(ENTRIES).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aScanThatIsCutWhileTheStoreChangesFailsRatherThanMixTwoMoments() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = filled(server)) {
            var store = place.open();
            var seen = new AtomicInteger();
            assertThatThrownBy(() -> store.scan(new byte[0], null, (_, _) -> {
                        if (seen.incrementAndGet() == 700) {
                            cut(server);
                            store.write(new Batch().put(key(1), value(5)), Durability.FORCED);
                        }
                        return true;
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the store has changed since it began")
                    .hasMessageContaining("scan again");
        }
    }

    private static void cut(TestServer server) {
        try {
            server.cut();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static PostgresPlace filled(TestServer server) {
        var place = new PostgresPlace(server);
        var store = place.open();
        store.identify(Ledger.IDENTITY);
        var batch = new Batch();
        for (int i = 0; i < ENTRIES; i++) {
            batch.put(key(i), value(i));
        }
        store.write(batch, Durability.FORCED);
        place.shut();
        return place;
    }

    private static byte[] key(int i) {
        return ByteBuffer.allocate(4).putInt(i).array();
    }

    private static byte[] value(int i) {
        return ByteBuffer.allocate(100).putInt(i).array();
    }
}
