package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Reads of a database that is slow or busy for a while, and visitors that take their time.
@Timeout(60)
final class SlowReadsTest {

    private static final byte[] KEY = {1};
    private static final int CONNECTIONS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aReadThatTookTooLongIsTriedAgain() throws Exception {
        try (var server = TestServer.own(Map.of());
                var place = place(server, PATIENCE);
                var locking = server.connect()) {
            var store = founded(place);
            locking.setAutoCommit(false);
            try (var statement = locking.createStatement()) {
                statement.execute("LOCK TABLE " + place.schema() + ".entry");
            }
            var read = reading(store);
            var begun = new HashSet<Long>();
            while (begun.size() < 2 && !read.isDone()) {
                begun.add(server.count("SELECT coalesce(max(extract(epoch FROM query_start) * 1000), 0)::bigint"
                        + " FROM pg_stat_activity WHERE wait_event_type = 'Lock'"));
                begun.remove(0L);
            }
            locking.rollback();

            assertThat(read.join()).isEqualTo(KEY);
        }
    }

    @Test
    void aReadThatGotNoConnectionOfThePoolIsTriedAgain() throws Exception {
        var asked = new AtomicInteger();
        try (var place = place(TestServer.shared(), PATIENCE)
                .through(target -> new DoorPostgres(target, from -> busyAtFirst(from, asked), DoorPostgres.OPEN))) {
            var store = founded(place);

            assertThat(store.get(KEY)).isEqualTo(KEY);
            assertThat(asked).hasValue(3);
        }
    }

    private static Connection busyAtFirst(DataSource from, AtomicInteger asked) throws SQLException {
        if (asked.incrementAndGet() < 3) {
            throw new SQLTransientConnectionException("all connections are in use");
        }
        return from.getConnection();
    }

    /// Those who have the other connections may wait for the one that a scan gives back.
    @Test
    void aScanGivesItsConnectionBackThoughAllThreadsAreBusy() throws Exception {
        var gate = new Gate();
        var place = place(TestServer.shared(), Duration.ofSeconds(1))
                .through(target -> new DoorPostgres(target, gate::pass, DoorPostgres.OPEN));
        try (place;
                gate) {
            var store = founded(place);
            fill(store, 500);
            var reads = new ArrayList<CompletableFuture<byte[]>>();
            store.scan(new byte[0], null, (_, _) -> {
                gate.closed = true;
                for (int i = 0; i < CONNECTIONS; i++) {
                    reads.add(reading(store));
                }
                while (gate.waiting.get() < CONNECTIONS) {
                    LockSupport.parkNanos(1_000_000);
                }
                return false;
            });
            assertThat(idleTransactions()).isZero();
            gate.close();
            assertThat(reads).allSatisfy(read -> assertThat(read.join()).isEqualTo(KEY));
        }
    }

    /// Keeps those who want a connection, once it is closed.
    private static final class Gate implements AutoCloseable {
        private final AtomicInteger waiting = new AtomicInteger();
        private final CountDownLatch opened = new CountDownLatch(1);
        private volatile boolean closed;

        Connection pass(DataSource from) throws SQLException {
            if (closed) {
                waiting.incrementAndGet();
                try {
                    opened.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return from.getConnection();
        }

        /// Lets everybody through.
        @Override
        public void close() {
            closed = false;
            opened.countDown();
        }
    }

    private static long idleTransactions() throws SQLException {
        return TestServer.shared()
                .count("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'legion-%'"
                        + " AND state LIKE 'idle in transaction%'");
    }

    /// More than there are connections for scans: what is read needs none while it is visited.
    @Test
    void visitorsOfFewEntriesMayTakeTheirTimeAllAtOnce() throws Exception {
        try (var place = place(TestServer.shared(), Duration.ofSeconds(1))) {
            var store = founded(place);
            int scans = 2 * CONNECTIONS;
            var together = new CyclicBarrier(scans);
            var running = new CompletableFuture<?>[scans];
            for (int i = 0; i < scans; i++) {
                running[i] = CompletableFuture.runAsync(
                        () -> store.scan(new byte[0], null, (_, _) -> {
                            await(together);
                            store.scan(new byte[0], null, (_, _) -> true);
                            return true;
                        }),
                        task -> Thread.startVirtualThread(task));
            }
            CompletableFuture.allOf(running).join();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static PostgresPlace place(TestServer server, Duration patience) {
        return new PostgresPlace(
                server, server.config(CONNECTIONS, Duration.ofSeconds(5), Duration.ofMillis(500)), patience);
    }

    private static PostgresStore founded(PostgresPlace place) {
        var store = place.open();
        store.identify(Ledger.IDENTITY);
        store.write(new Batch().put(KEY, KEY), Durability.FORCED);
        return store;
    }

    private static void fill(Store store, int entries) {
        var batch = new Batch();
        for (int i = 0; i < entries; i++) {
            batch.put(new byte[] {2, (byte) (i >> 8), (byte) i}, KEY);
        }
        store.write(batch, Durability.FORCED);
    }

    private static CompletableFuture<byte[]> reading(Store store) {
        return CompletableFuture.supplyAsync(() -> store.get(KEY), task -> Thread.startVirtualThread(task));
    }
}
