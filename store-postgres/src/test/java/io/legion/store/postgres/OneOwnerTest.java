package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One store at a time has a schema.
@Timeout(60)
final class OneOwnerTest {

    private static final byte[] KEY = {1};
    private static final byte[] OTHER = {2};

    @Test
    void aSchemaInUseIsRefusedAndTheMessageNamesWhoUsesIt() {
        try (var place = new PostgresPlace(TestServer.shared())) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);

            assertThatThrownBy(() -> place.another().open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use by session")
                    .hasMessageContaining("legion-" + ProcessHandle.current().pid())
                    .hasMessageContaining("Stop the node that uses it, or name another schema");
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
            assertThat(store.get(KEY)).isEqualTo(KEY);
        }
    }

    /// The owner's session was lost, and another node came before it was back.
    @Test
    void aStoreThatWasTakenOverWritesNothingMoreAndReadsNothingMore() throws Exception {
        var server = TestServer.shared();
        try (var place = new PostgresPlace(server)) {
            var store = founded(place);
            // What the opening of another node does, without the lock.
            server.execute("UPDATE " + place.schema() + ".owner SET opening = opening + 1");

            assertThatThrownBy(() -> store.get(OTHER)).hasMessageContaining("belongs to another node now");
            assertThatThrownBy(() -> store.write(new Batch().put(KEY, OTHER), Durability.FORCED))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("belongs to another node now")
                    .hasMessageContaining("what it acknowledged is there");
            assertThatThrownBy(() -> store.get(KEY)).hasMessageContaining("belongs to another node now");
            assertThat(server.count("SELECT count(*) FROM " + place.schema() + ".entry WHERE value = '\\x01'"))
                    .isOne();
        }
    }

    /// A store that has given up after an outage does not know that another node came meanwhile.
    @Test
    void whatWasReadBeforeAnotherNodeCameIsNotGivenFromTheCache() throws Exception {
        var server = TestServer.shared();
        var connections = new CutPostgres();
        var config = server.config(4, Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (var place = new PostgresPlace(server, config, Duration.ofSeconds(1)).through(connections::aroundDirect)) {
            var store = founded(place);
            assertThat(store.get(KEY)).isEqualTo(KEY);
            connections.cut();
            assertThatThrownBy(() -> store.write(new Batch().put(OTHER, OTHER), Durability.FORCED))
                    .hasMessageContaining("was away for 1 s");
            assertThat(store.get(KEY)).isEqualTo(KEY);
            var other = place.another();
            other.open().write(new Batch().put(KEY, OTHER), Durability.FORCED);
            other.shut();

            assertThatThrownBy(() -> store.get(KEY)).hasMessageContaining("belongs to another node now");
        }
    }

    /// As if a copy from before the last start had been restored, or a standby that was behind had taken over.
    @Test
    void aDatabaseFromBeforeThisOpeningIsKnownAndMarked() throws Exception {
        var server = TestServer.shared();
        try (var place = new PostgresPlace(server)) {
            var store = founded(place);
            server.execute("UPDATE " + place.schema() + ".owner SET opening = opening - 1");

            assertThatThrownBy(() -> store.write(new Batch().put(KEY, OTHER), Durability.FORCED))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("went back")
                    .hasMessageContaining("before this node opened it");
            assertThatThrownBy(() -> store.get(OTHER)).hasMessageContaining("went back");
            place.shut();

            var again = place.open();
            assertThat(again.complete()).isFalse();
            assertThat(again.damage().orElseThrow()).contains("went back");
        }
    }

    /// The write itself is refused by the database, not only by what the store knows.
    @Test
    void theDatabaseRefusesTheWriteOfAnOwnerOfBefore() throws Exception {
        var server = TestServer.shared();
        try (var place = new PostgresPlace(server)) {
            var store = founded(place);
            server.execute("UPDATE " + place.schema() + ".owner SET opening = opening + 1");

            assertThatThrownBy(() -> store.write(new Batch().put(KEY, OTHER), Durability.FORCED))
                    .hasMessageContaining("belongs to another node now");
            assertThatThrownBy(() -> store.identify(Ledger.IDENTITY)).isInstanceOf(StoreException.class);
            place.shut();
            assertThat(server.count("SELECT count(*) FROM " + place.schema() + ".mark WHERE boot = ''"))
                    .isZero();
        }
    }

    @Test
    void anIdleStoreTakesItsSchemaAgainBeforeAnotherNodeCan() throws Exception {
        var server = TestServer.own(Map.of());
        try (server;
                var place = new PostgresPlace(server)) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            // The session that is cut may hold the lock for a moment longer.
            long before = server.count("SELECT pid FROM pg_locks WHERE locktype = 'advisory'");
            server.cut();
            var holds = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> " + before;
            while (server.count(holds) == 0) {
                LockSupport.parkNanos(1_000_000);
            }

            assertThatThrownBy(() -> place.another().open()).hasMessageContaining("is in use by session");
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
        }
    }

    private static PostgresStore founded(PostgresPlace place) {
        var store = place.open();
        store.identify(Ledger.IDENTITY);
        store.write(new Batch().put(KEY, KEY), Durability.FORCED);
        return store;
    }
}
