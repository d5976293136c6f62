package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ranges that hold more than the server deletes within the time of a statement: gone as a whole, or there as a whole.
@Timeout(120)
final class LargeRangeTest {

    private static final int ENTRIES = 2000;
    private static final byte[] END = {(byte) 0xff};
    private static final byte[] KEY = {(byte) 0xf0};

    /// A shard is dropped, or a node joins anew.
    @Test
    void aRangeThatTakesLongerThanAStatementMayIsDeletedWithItsBatch() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server)) {
            var store = filled(place);
            slowDeletes(server, place);
            var deleting = deleting(store);
            while (!deleting.isDone()) {
                assertThat(count(store)).isIn(ENTRIES, 1);
                LockSupport.parkNanos(50_000_000);
            }
            deleting.join();

            assertThat(count(store)).isOne();
            assertThat(store.get(KEY)).isEqualTo(KEY);
            store.write(new Batch().put(key(1), KEY), Durability.FORCED);
            assertThat(store.get(key(1))).isEqualTo(KEY);
            place.shut();
            assertThat(place.open().stoppedCleanly()).isTrue();
        }
    }

    @Test
    void aConnectionThatIsCutMeanwhileChangesNothingOfThat() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server)) {
            var store = filled(place);
            slowDeletes(server, place);
            var deleting = deleting(store);
            awaitDelete(server, deleting);
            server.cut();
            deleting.join();

            assertThat(count(store)).isOne();
        }
    }

    @Test
    void aProcessThatIsKilledMeanwhileLeavesEverythingThere() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server)) {
            var store = filled(place);
            slowDeletes(server, place);
            var deleting = deleting(store);
            awaitDelete(server, deleting);
            place.crash();
            assertThat(deleting.handle((_, failed) -> failed).join()).isNotNull();

            var again = place.open();
            assertThat(again.complete()).isTrue();
            assertThat(count(again)).isEqualTo(ENTRIES);
            assertThat(again.get(KEY)).isNull();
        }
    }

    private static PostgresPlace place(TestServer server) {
        return new PostgresPlace(
                server, server.config(4, Duration.ofSeconds(5), Duration.ofMillis(500)), Duration.ofSeconds(1));
    }

    private static PostgresStore filled(PostgresPlace place) {
        var store = place.open();
        store.identify(Ledger.IDENTITY);
        var batch = new Batch();
        for (int i = 0; i < ENTRIES; i++) {
            batch.put(key(i), new byte[20]);
        }
        store.write(batch, Durability.FORCED);
        return store;
    }

    private static void slowDeletes(TestServer server, PostgresPlace place) throws Exception {
        server.execute("CREATE FUNCTION " + place.schema() + ".slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_sleep(0.001); RETURN old; END $$;"
                + "CREATE TRIGGER slow BEFORE DELETE ON " + place.schema()
                + ".entry FOR EACH ROW EXECUTE FUNCTION " + place.schema() + ".slow()");
    }

    private static CompletableFuture<Void> deleting(Store store) {
        return CompletableFuture.runAsync(
                () -> store.write(new Batch().deleteRange(new byte[0], END).put(KEY, KEY), Durability.FORCED),
                task -> Thread.startVirtualThread(task));
    }

    /// Waits until some of it was deleted, in a transaction that has not ended.
    private static void awaitDelete(TestServer server, CompletableFuture<Void> deleting) throws Exception {
        var pieces =
                "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'legion-%' AND query LIKE 'DELETE%'"
                        + " AND query_start > xact_start + interval '300 ms'";
        while (server.count(pieces) == 0) {
            assertThat(deleting).isNotDone();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static int count(Store store) {
        var count = new AtomicInteger();
        store.scan(new byte[0], null, (_, _) -> count.incrementAndGet() > 0);
        return count.get();
    }

    private static byte[] key(int i) {
        return ByteBuffer.allocate(4).putInt(i).array();
    }
}
