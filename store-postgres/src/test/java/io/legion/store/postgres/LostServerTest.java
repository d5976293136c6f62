package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The server dies, is restarted, or loses its connections, while the store is used: every acknowledged batch is
/// there, and none twice.
@Timeout(300)
final class LostServerTest {

    private static final int ROUNDS = Integer.getInteger("legion.kill.rounds", 3);
    private static final byte[] KEY = {1};

    @Test
    void aServerThatIsKilledUnderLoadLosesNothingAndDoublesNothing() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server)) {
            var store = place.open();
            var ledger = ledger(server, place, store);
            for (int round = 0; round < ROUNDS; round++) {
                ledger.awaitProgress(20);
                server.kill();
                server.restart();
            }
            ledger.awaitProgress(20);
            assertThat(ledger.end()).isEmpty();
            ledger.check(store);
            place.shut();

            var again = place.open();
            assertThat(again.stoppedCleanly()).isTrue();
            assertThat(again.complete()).isTrue();
            ledger.check(again);
        }
    }

    @Test
    void aServerThatIsRestartedUnderLoadLosesNothingAndDoublesNothing() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server)) {
            var store = place.open();
            var ledger = ledger(server, place, store);
            ledger.awaitProgress(20);
            server.restartCleanly();
            ledger.awaitProgress(20);

            assertThat(ledger.end()).isEmpty();
            ledger.check(store);
        }
    }

    @Test
    void connectionsThatAreCutUnderLoadLoseNothingAndDoubleNothing() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server)) {
            var store = place.open();
            var ledger = ledger(server, place, store);
            var random = new Random(16);
            for (int i = 0; i < 10 * ROUNDS; i++) {
                ledger.awaitProgress(1 + random.nextInt(10));
                server.cut();
            }
            ledger.awaitProgress(5);

            assertThat(ledger.end()).isEmpty();
            ledger.check(store);
        }
    }

    @Test
    void aServerThatStaysAwayFailsWritesAndReadsWithAMessageThatSaysWhatToDo() throws Exception {
        try (var server = TestServer.own(Map.of())) {
            var config = server.config(4, Duration.ofSeconds(5), Duration.ofSeconds(5));
            var place = new PostgresPlace(server, config, Duration.ofSeconds(1));
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
            server.kill();

            assertThatThrownBy(() -> store.get(KEY))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("See that the server runs and can be reached");
            assertThatThrownBy(() -> store.write(new Batch().delete(KEY), Durability.FORCED))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("was away for 1 s")
                    .hasMessageContaining("may be there or not");
            server.restart();
            assertThatThrownBy(() -> store.write(new Batch().delete(KEY), Durability.FORCED))
                    .hasMessageStartingWith("An earlier write failed, so nothing more is written: ");
            place.shut();

            var again = place.open();
            assertThat(again.complete()).isTrue();
            assertThat(again.get(KEY)).isEqualTo(KEY);
            place.close();
        }
    }

    /// What is only in the memory of the server may be lost with it: then the node must not go on as it was.
    @Test
    void acknowledgedWritesThatTheServerLostStopTheStoreAndTheNextStartKnows() throws Exception {
        try (var server = TestServer.own(Map.of("wal_writer_delay", "10s", "wal_writer_flush_after", "100MB"));
                var logger = RecordingLogger.open()) {
            var place = place(server).logging(logger);
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            store.write(new Batch().put(KEY, KEY), Durability.MEMORY);
            store.write(new Batch().put(KEY, new byte[] {2}), Durability.MEMORY);
            server.kill();
            server.restart();

            assertThatThrownBy(() -> store.write(new Batch().put(KEY, KEY), Durability.FORCED))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("went back");
            assertThatThrownBy(() -> store.get(KEY)).hasMessageContaining("went back");
            place.shut();
            logger.expect(Logger.Priority.WARNING, "has no connection");
            logger.expect(Logger.Priority.WARNING, "without the mark of a clean stop");
            // If the keeper was first.
            logger.allow(Logger.Priority.ERROR, "went back");

            var again = place.logging(RecordingLogger.open(new RecordingLogger.Config(1000)))
                    .open();
            assertThat(again.complete()).isFalse();
            assertThat(again.damage().orElseThrow()).contains("went back");
            place.close();
        }
    }

    private static PostgresPlace place(TestServer server) {
        return new PostgresPlace(
                server, server.config(6, Duration.ofSeconds(2), Duration.ofSeconds(10)), Duration.ofSeconds(60));
    }

    private static Ledger ledger(TestServer server, PostgresPlace place, PostgresStore store) throws Exception {
        store.identify(Ledger.IDENTITY);
        var ledger = new Ledger(server, place.schema(), store);
        ledger.countWrites();
        ledger.start(3, Durability.FORCED);
        ledger.start(1, Durability.HANDED_OVER);
        return ledger;
    }
}
