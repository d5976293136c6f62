package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Writers that number what they write, and the check that each acknowledged batch is there, whole and once.
///
/// The database itself counts how often each key was written, by a trigger: each is written once only, so a batch
/// that came twice shows.
final class Ledger {

    static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(9, 9), "ledger", new NodeId(1), 1, 1, new TreeMap<>());

    static final int COPIES = 3;

    private final TestServer server;
    private final String schema;
    private final Store store;
    private final List<Writer> writers = new ArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    Ledger(TestServer server, String schema, Store store) {
        this.server = server;
        this.schema = schema;
        this.store = store;
    }

    /// Counts in the database from now on.
    void countWrites() throws SQLException {
        server.execute("CREATE TABLE " + schema + ".written (key bytea PRIMARY KEY, times int NOT NULL);"
                + "CREATE FUNCTION " + schema
                + ".count_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "
                + schema + ".written VALUES (new.head, 1) ON CONFLICT (key) DO UPDATE SET times = written.times + 1;"
                + " RETURN NULL; END $$;"
                + "CREATE TRIGGER count_write AFTER INSERT OR UPDATE ON " + schema
                + ".entry FOR EACH ROW EXECUTE FUNCTION " + schema + ".count_write()");
    }

    /// A thread that writes until [#end], or until the store fails.
    private final class Writer {
        private final int number;
        private final Durability durability;
        private final Thread thread;
        private volatile long acknowledged = -1;
        private volatile String failure = "";

        Writer(int number, Durability durability) {
            this.number = number;
            this.durability = durability;
            this.thread = Thread.startVirtualThread(this::run);
        }

        private void run() {
            try {
                for (long i = 0; !ended.get(); i++) {
                    store.write(batch(number, i), durability);
                    acknowledged = i;
                }
            } catch (StoreException failed) {
                failure = String.valueOf(failed.getMessage());
            }
        }
    }

    static Batch batch(int writer, long i) {
        var batch = new Batch();
        for (int copy = 0; copy < COPIES; copy++) {
            batch.put(key(writer, i, copy), ByteBuffer.allocate(200).putLong(i).array());
        }
        return batch;
    }

    static byte[] key(int writer, long i, int copy) {
        return ByteBuffer.allocate(13)
                .put((byte) copy)
                .putInt(writer)
                .putLong(i)
                .array();
    }

    void start(int count, Durability durability) {
        for (int i = 0; i < count; i++) {
            writers.add(new Writer(writers.size(), durability));
        }
    }

    /// Waits until each writer has so many acknowledgements more than now.
    void awaitProgress(int more) {
        var wanted = writers.stream().map(writer -> writer.acknowledged + more).toList();
        while (true) {
            boolean there = true;
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(writers.get(i).failure).isEmpty();
                there &= writers.get(i).acknowledged >= wanted.get(i);
            }
            if (there) {
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Lets the writers end, and gives what failed, of those that did.
    List<String> end() throws InterruptedException {
        ended.set(true);
        for (var writer : writers) {
            writer.thread.join();
        }
        return writers.stream()
                .map(writer -> writer.failure)
                .filter(failure -> !failure.isEmpty())
                .toList();
    }

    long acknowledged() {
        return writers.stream().mapToLong(writer -> writer.acknowledged + 1).sum();
    }

    /// Each acknowledged batch is there as a whole, and none came twice.
    void check(Store reopened) throws SQLException {
        for (var writer : writers) {
            check(reopened, writer.number, writer.acknowledged);
        }
        assertThat(server.count("SELECT count(*) FROM " + schema + ".written WHERE times <> 1"))
                .isZero();
    }

    static void check(Store reopened, int writer, long acknowledged) {
        for (int copy = 0; copy < COPIES; copy++) {
            var found = new ArrayList<Long>();
            reopened.scan(
                    key(writer, 0, copy),
                    key(writer + 1, 0, copy),
                    (_, value) -> found.add(ByteBuffer.wrap(value).getLong()));
            assertThat(found.size()).as("batches of writer %d", writer).isGreaterThanOrEqualTo((int) acknowledged + 1);
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i)).isEqualTo(i);
            }
        }
    }
}
