package io.legion.store.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that is made slow from outside: callers get an answer, threads and connections stay few, and nothing
/// acknowledged is lost.
@Timeout(120)
final class SlowServerTest {

    private static final int CALLERS = 500;
    private static final int CONNECTIONS = 4;

    @Test
    void whatTheServerDoesNotDoInTimeIsRefusedAndNothingOfItIsThere() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server, Duration.ofSeconds(2))) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            store.write(Ledger.batch(0, 0), Durability.FORCED);
            slow(server, place, "5");
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();

            var messages = failures(() -> {
                store.write(Ledger.batch(1, 0), Durability.FORCED);
                return null;
            });

            assertThat(messages)
                    .hasSize(CALLERS)
                    .allSatisfy(message -> assertThat(message)
                            .contains("did not carry it out within 2 s")
                            .contains("Nothing of it is there"));
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 20);
            assertThat(server.count("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'legion-%'"))
                    .isLessThanOrEqualTo(CONNECTIONS + 1);
            Ledger.check(store, 0, 0);
            assertThat(store.get(Ledger.key(1, 0, 0))).isNull();
        }
    }

    /// Slower than usual, and not too slow: everything is written, many writers at a time.
    @Test
    void aServerThatTakesItsTimeWritesEverything() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server, Duration.ofSeconds(30))) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            var ledger = new Ledger(server, place.schema(), store);
            ledger.countWrites();
            slow(server, place, "0.05");
            ledger.start(200, Durability.FORCED);
            ledger.awaitProgress(2);

            assertThat(ledger.end()).isEmpty();
            ledger.check(store);
        }
    }

    @Test
    void readsThatWaitForALockOnTheServerFailInTimeAndSayWhatToDo() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server, Duration.ofSeconds(2));
                var locking = server.connect()) {
            var store = place.open();
            store.identify(Ledger.IDENTITY.withNode(new NodeId(3)));
            locking.setAutoCommit(false);
            try (var statement = locking.createStatement()) {
                statement.execute("LOCK TABLE " + place.schema() + ".entry");
            }

            var messages = failures(() -> store.get(new byte[] {7}));

            assertThat(messages)
                    .hasSize(CALLERS)
                    .allSatisfy(message -> assertThat(message)
                            .containsAnyOf("See what holds the server up", "The database was not asked"));
            locking.rollback();
            assertThat(store.get(new byte[] {7})).isNull();
            store.write(new Batch().put(new byte[] {7}, new byte[] {7}), Durability.FORCED);
            assertThat(store.get(new byte[] {7})).containsExactly(7);
        }
    }

    private static PostgresPlace place(TestServer server, Duration patience) {
        return new PostgresPlace(
                server, server.config(CONNECTIONS, Duration.ofSeconds(1), Duration.ofSeconds(1)), patience);
    }

    private static void slow(TestServer server, PostgresPlace place, String seconds) throws Exception {
        server.execute("CREATE FUNCTION " + place.schema() + ".slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_sleep(" + seconds + "); RETURN NULL; END $$;"
                + "CREATE TRIGGER slow AFTER INSERT ON " + place.schema()
                + ".entry FOR EACH STATEMENT EXECUTE FUNCTION " + place.schema() + ".slow()");
    }

    /// Asks from many threads at once, and gives what failed.
    private static List<String> failures(Callable<?> call) throws InterruptedException {
        var messages = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(threads.submit(call));
            }
            for (var each : calls) {
                try {
                    each.get();
                } catch (ExecutionException failed) {
                    var cause = requireNonNull(failed.getCause());
                    assertThat(cause).isInstanceOf(StoreException.class);
                    messages.add(String.valueOf(cause.getMessage()));
                }
            }
        }
        return messages;
    }
}
