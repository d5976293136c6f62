package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server has carried a write out, and nobody heard of it; or it has, and a standby that was to have it has not.
@Timeout(60)
final class LostAnswersTest {

    private static final byte[] KEY = {1};
    private static final byte[] OTHER = {2};

    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void aBatchWhoseAnswerWasLostIsThereOnceAndIsAcknowledged() throws Exception {
        try (var logger = RecordingLogger.open();
                var place = place(() -> new SQLException("the network lost the answer", "08006"))
                        .logging(logger)) {
            var store = founded(place);
            lost.set(true);
            sent.set(0);
            store.write(new Batch().put(KEY, OTHER), Durability.FORCED);

            assertThat(sent).hasValue(1);
            assertThat(store.get(KEY)).isEqualTo(OTHER);
            store.write(new Batch().put(OTHER, KEY), Durability.FORCED);
            assertThat(store.get(OTHER)).isEqualTo(KEY);
            logger.expect(Logger.Priority.WARNING, "has no connection");
        }
    }

    /// Such as no memory, in the driver or the pool.
    @Test
    void aWriteThatFailsWithinTheProcessIsTheLastOneAndTheNextStartSeesWhetherItIsThere() throws Exception {
        try (var place = place(() -> new IllegalStateException("broken by the test"))) {
            var store = founded(place);
            lost.set(true);
            assertThatThrownBy(() -> store.write(new Batch().put(KEY, OTHER), Durability.FORCED))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("broken by the test")
                    .hasMessageContaining("may be there or not")
                    .hasMessageContaining("start the node again");
            assertThatThrownBy(() -> store.write(new Batch().put(OTHER, OTHER), Durability.FORCED))
                    .hasMessageContaining("An earlier write failed");
            assertThat(store.get(KEY)).isEqualTo(OTHER);
            place.shut();

            var again = place.open();
            assertThat(again.stoppedCleanly()).isFalse();
            assertThat(again.complete()).isTrue();
            assertThat(again.get(KEY)).isEqualTo(OTHER);
            assertThat(again.get(OTHER)).isNull();
            again.write(new Batch().put(OTHER, OTHER), Durability.FORCED);
        }
    }

    /// The commit is on the server's own disk then, and the server warns of it, or ends the session.
    @ParameterizedTest
    @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
    void aBatchIsAcknowledgedOnlyWhenTheStandbyHasItThoughSomebodyEndedTheWait(String end) throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = new PostgresPlace(server)) {
            var store = founded(place);
            try {
                standby(server, "nobody");
                endWhileItWaits(server, store, end);
            } finally {
                standby(server, "");
            }
            assertThat(store.get(KEY)).isEqualTo(OTHER);
        }
    }

    private static void endWhileItWaits(TestServer server, PostgresStore store, String end) throws SQLException {
        var acknowledged = new AtomicLong();
        var ended = new AtomicBoolean();
        var writing = CompletableFuture.runAsync(
                () -> {
                    while (!ended.get()) {
                        store.write(new Batch().put(KEY, OTHER), Durability.FORCED);
                        acknowledged.incrementAndGet();
                    }
                },
                task -> Thread.startVirtualThread(task));
        long first = awaitCommit(server, 0);
        long before = acknowledged.get();
        server.count("SELECT count(" + end + "(" + first + "))");
        awaitCommit(server, first);
        ended.set(true);

        assertThat(acknowledged).hasValue(before);
        standby(server, "");
        writing.join();
        assertThat(acknowledged).hasValue(before + 1);
    }

    /// The process of the server whose commit waits for a standby; not this one.
    private static long awaitCommit(TestServer server, long before) throws SQLException {
        while (true) {
            long waits = server.count("SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                    + " AND pid <> " + before);
            if (waits > 0) {
                return waits;
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void standby(TestServer server, String name) throws SQLException {
        server.execute("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
        server.execute("SELECT pg_reload_conf()");
    }

    private static PostgresStore founded(PostgresPlace place) {
        var store = place.open();
        store.identify(Ledger.IDENTITY);
        store.write(new Batch().put(KEY, KEY), Durability.FORCED);
        return store;
    }

    /// A place whose writes fail once [#lost] is set, after the server has carried out the next one.
    private PostgresPlace place(Supplier<Exception> failure) {
        return new PostgresPlace(TestServer.shared())
                .through(target -> new DoorPostgres(target, DoorPostgres.OPEN, from -> losing(from, failure)));
    }

    private Connection losing(DataSource from, Supplier<Exception> failure) throws SQLException {
        return DoorPostgres.replacing(Connection.class, from.getConnection(), "prepareStatement", prepare -> {
            var statement = (PreparedStatement) prepare.call();
            return statement.toString().contains("write_batch") ? losing(statement, failure) : statement;
        });
    }

    private PreparedStatement losing(PreparedStatement statement, Supplier<Exception> failure) {
        return DoorPostgres.replacing(PreparedStatement.class, statement, "execute", execute -> {
            sent.incrementAndGet();
            var result = execute.call();
            if (lost.getAndSet(false)) {
                throw failure.get();
            }
            return result;
        });
    }
}
