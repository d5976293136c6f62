package io.legion.store.postgres.read;

import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.store.postgres.call.Patience;
import io.legion.store.postgres.call.StorePlaces;
import io.legion.store.postgres.call.StoreWorkers;
import io.legion.store.postgres.database.Postgres;
import io.legion.store.postgres.database.PostgresException;
import io.legion.store.postgres.owner.OwnerVerdict;
import io.legion.store.postgres.read.EntryCursor.Entry;
import io.legion.store.postgres.schema.SchemaName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Visits entries: few at once, in one round trip, and many a page at a time. A visitor may take its time: no lock is
/// held and no writer waits. Only a scan of many keeps a connection meanwhile, and a snapshot.
///
/// The number of the last batch names a state of the store. So a scan whose connection was lost goes on where it
/// was, if no batch came meanwhile.
public final class EntryScan {

    private final Postgres postgres;
    private final SchemaName schema;
    private final EntryReads entries;
    private final OwnerVerdict verdict;
    private final LongSupplier acknowledged;
    private final StoreWorkers workers;
    private final StorePlaces places;
    private final Duration patience;

    /// @param workers ask the database
    /// @param places for scans that keep a connection while their visitors run
    public EntryScan(
            Postgres postgres,
            SchemaName schema,
            EntryReads entries,
            OwnerVerdict verdict,
            LongSupplier acknowledged,
            StoreWorkers workers,
            StorePlaces places,
            Duration patience) {
        this.postgres = postgres;
        this.schema = schema;
        this.entries = entries;
        this.verdict = verdict;
        this.acknowledged = acknowledged;
        this.workers = workers;
        this.places = places;
        this.patience = patience;
    }

    /// Shows the entries of a range in the order of their keys.
    ///
    /// @throws StoreException if the database fails; an exception of the visitor as it is
    public void run(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        var few = workers.call(() -> entries.few(from, to));
        if (few.isPresent()) {
            visit(few.get(), visitor);
            return;
        }
        places.enter();
        try {
            many(from, to, visitor);
        } finally {
            places.leave();
        }
    }

    private void many(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        var running = new Running(from, to);
        try {
            var page = running.next();
            while (!page.isEmpty() && visit(page, visitor)) {
                page = running.next();
            }
        } finally {
            running.close();
        }
    }

    /// @return false if the visitor has ended the scan
    private static boolean visit(List<Entry> page, Store.Visitor visitor) {
        for (var entry : page) {
            if (!visitor.visit(entry.key(), entry.value())) {
                return false;
            }
        }
        return true;
    }

    /// A scan under way, on as many cursors as it needs.
    private final class Running {
        private final byte @Nullable [] to;
        private byte[] from;
        private @Nullable EntryCursor cursor;
        private long snapshot = -1;

        Running(byte[] from, byte @Nullable [] to) {
            this.from = from;
            this.to = to;
        }

        /// The entries after those that came before.
        List<Entry> next() {
            var left = new Patience(patience);
            while (true) {
                try {
                    return workers.call(this::page);
                } catch (PostgresException failed) {
                    close();
                    if (!failed.kind().passes() || left.isOver()) {
                        throw EntryReads.unreadable(failed);
                    }
                    workers.call(() -> {
                        left.pause();
                        return null;
                    });
                }
            }
        }

        private List<Entry> page() {
            try {
                var open = cursor == null ? begin() : cursor;
                var page = open.page();
                if (!page.isEmpty()) {
                    byte[] last = page.getLast().key();
                    from = Arrays.copyOf(last, last.length + 1);
                }
                return page;
            } catch (SQLException failed) {
                throw PostgresException.of(postgres.place(), failed);
            }
        }

        private EntryCursor begin() throws SQLException {
            long least = acknowledged.getAsLong();
            var begun = EntryCursor.open(postgres, schema, from, to);
            cursor = begun;
            verdict.requireNoLess(begun.proof(), least);
            if (snapshot >= 0 && begun.proof().batch() != snapshot) {
                throw new StoreException("A scan lost its connection to " + postgres.place()
                        + " and cannot go on: the store has changed since it began. Nothing is wrong with what is stored;"
                        + " scan again.");
            }
            snapshot = begun.proof().batch();
            return begun;
        }

        void close() {
            var open = cursor;
            cursor = null;
            if (open != null) {
                workers.giveBack(() -> {
                    try {
                        open.close();
                    } catch (SQLException gone) {
                        // The connection was lost, and with it the transaction.
                    }
                });
            }
        }
    }
}
