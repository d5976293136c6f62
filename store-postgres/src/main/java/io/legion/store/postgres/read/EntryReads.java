package io.legion.store.postgres.read;

import io.legion.spi.StoreException;
import io.legion.store.postgres.call.Patience;
import io.legion.store.postgres.database.Postgres;
import io.legion.store.postgres.database.PostgresException;
import io.legion.store.postgres.database.PostgresException.Kind;
import io.legion.store.postgres.owner.OwnerVerdict;
import io.legion.store.postgres.read.EntryCursor.Entry;
import io.legion.store.postgres.schema.OwnerTable.Proof;
import io.legion.store.postgres.schema.RangeQuery;
import io.legion.store.postgres.schema.SchemaName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads entries. Each read brings the proof that this store still owns the schema, and that nothing
/// acknowledged is missing there.
public final class EntryReads {

    private final Postgres postgres;
    private final OwnerVerdict verdict;
    private final LongSupplier acknowledged;
    private final Duration patience;
    private final String query;
    private final RangeQuery ranges;

    /// @param acknowledged the last batch that was
    public EntryReads(
            Postgres postgres, SchemaName schema, OwnerVerdict verdict, LongSupplier acknowledged, Duration patience) {
        this.postgres = postgres;
        this.verdict = verdict;
        this.acknowledged = acknowledged;
        this.patience = patience;
        this.ranges = new RangeQuery(schema);
        this.query = "SELECT o.opening, o.batch, e.value FROM " + schema.of("owner") + " o LEFT JOIN "
                + schema.of("entry") + " e ON e.head = " + schema.of("head_of") + "(?) AND e.print = "
                + schema.of("print_of") + "(?)";
    }

    /// The value of a key; empty if it has none.
    public Optional<byte[]> get(byte[] key) {
        long least = acknowledged.getAsLong();
        return insist(() -> postgres.query(connection -> get(connection, key, least)));
    }

    private Optional<byte[]> get(Connection connection, byte[] key, long least) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setBytes(1, key);
            statement.setBytes(2, key);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("the table that says whose the store is has no row", "XX001");
                }
                verdict.requireNoLess(Proof.of(rows), least);
                byte @Nullable [] value = rows.getBytes(3);
                return Optional.ofNullable(value);
            }
        }
    }

    /// The entries of a range in one round trip, if they are few and small; else empty.
    Optional<List<Entry>> few(byte[] from, byte @Nullable [] to) {
        long least = acknowledged.getAsLong();
        return insist(() -> postgres.query(connection -> few(connection, from, to, least)));
    }

    private Optional<List<Entry>> few(Connection connection, byte[] from, byte @Nullable [] to, long least)
            throws SQLException {
        try (var statement = ranges.few(connection, from, to);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<Entry>();
            while (rows.next()) {
                verdict.requireNoLess(Proof.of(rows), least);
                byte @Nullable [] key = rows.getBytes(3);
                byte @Nullable [] value = rows.getBytes(4);
                if (key != null && value != null) {
                    found.add(new Entry(key, value));
                } else if (key != null) {
                    return Optional.empty();
                }
            }
            return found.size() > RangeQuery.FEW ? Optional.empty() : Optional.of(found);
        }
    }

    /// Tries again what a lost connection, or a server that is slow for a while, spoilt. A read may be asked for twice.
    ///
    /// @throws StoreException if it fails otherwise, or for too long
    public <T extends @Nullable Object> T insist(Supplier<T> read) {
        var left = new Patience(patience);
        while (true) {
            try {
                return read.get();
            } catch (PostgresException failed) {
                if (!failed.kind().passes() || left.isOver()) {
                    throw unreadable(failed);
                }
                left.pause();
            }
        }
    }

    static StoreException unreadable(PostgresException failed) {
        var message = "A read failed: the database " + failed.getMessage()
                + ". What was asked for may be there or not. "
                + switch (failed.kind()) {
                    case AWAY -> "See that the server runs and can be reached.";
                    case BUSY -> "All connections are in use: give the store more, or see what holds them up.";
                    case SLOW, FULL -> "See what holds the server up (pg_stat_activity, its disk).";
                    case DAMAGED -> "Look for a broken disk of the server, and restore a copy, or start as a new node.";
                    case REFUSED -> "See what the server's log says.";
                };
        return failed.kind() == Kind.DAMAGED
                ? new StoreException.Damaged(message, failed)
                : new StoreException(message, failed);
    }
}
