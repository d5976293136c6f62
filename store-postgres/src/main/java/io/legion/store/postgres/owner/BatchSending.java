package io.legion.store.postgres.owner;

import io.legion.store.postgres.batch.BatchChanges;
import io.legion.store.postgres.call.Patience;
import io.legion.store.postgres.database.PostgresException.Kind;
import io.legion.store.postgres.database.SqlFailures;
import io.legion.store.postgres.schema.OwnerTable;
import io.legion.store.postgres.schema.OwnerTable.Proof;
import io.legion.store.postgres.schema.RangeQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// How one batch is sent: as one statement, or, if it deletes ranges that hold much, in pieces of one transaction. No
/// statement of that takes long, however large the store is, and the batch is there as a whole or not at all.
final class BatchSending {

    /// Ranges that hold more entries are deleted in pieces.
    private static final int FEW = 1000;

    /// A piece that takes longer is followed by a smaller one.
    private static final long LONG_NANOS = 200_000_000;

    private static final int MOST = 16 << 10;

    /// Whatever made the server slow, the range comes to its end.
    private static final int LEAST = 16;

    /// A server that ends each attempt in its middle holds the store no longer than so many of them.
    private static final int MOST_ATTEMPTS = 20;

    private final OwnerTable table;
    private final RangeQuery entries;
    private final Proof next;
    private final boolean waits;
    private final BatchChanges changes;
    private boolean inPieces;
    private int size = FEW;
    private int most = MOST;
    private int attempts;

    /// @param next whose batch it is, and its number
    /// @param waits false not to wait until the server has it on its disk
    BatchSending(OwnerTable table, Proof next, boolean waits, BatchChanges changes) {
        this.table = table;
        this.entries = table.entries();
        this.next = next;
        this.waits = waits;
        this.changes = changes;
    }

    /// Sends it once.
    ///
    /// @param left begins anew with each piece
    void attempt(Connection connection, Patience left) throws SQLException {
        attempts++;
        try {
            if (inPieces || holdsMuch(connection)) {
                inPieces = true;
                sendInPieces(connection, left);
            } else {
                table.write(connection, next, waits, changes);
            }
        } catch (SQLException failed) {
            if (SqlFailures.kind(failed) == Kind.SLOW && changes.hasRanges()) {
                useSmallerPieces(left);
            }
            throw failed;
        }
    }

    private void useSmallerPieces(Patience left) {
        if (!inPieces) {
            inPieces = true;
            renew(left);
        }
        most = Math.max(LEAST, size / 8);
        size = most;
    }

    private boolean holdsMuch(Connection connection) throws SQLException {
        for (var range : changes.ranges()) {
            if (keyAfter(connection, range.from(), range.to(), FEW).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void sendInPieces(Connection connection, Patience left) throws SQLException {
        connection.setAutoCommit(false);
        try {
            table.requireNext(connection, next);
            for (var range : changes.ranges()) {
                var from = Optional.of(range.from());
                while (from.isPresent()) {
                    from = deletePiece(connection, from.get(), range.to());
                    renew(left);
                }
            }
            table.write(connection, next, waits, changes.withoutRanges());
            connection.clearWarnings();
            connection.commit();
            OwnerTable.requireCommitted(connection.getWarnings());
        } catch (SQLException failed) {
            giveUp(connection, failed);
            throw failed;
        }
        connection.setAutoCommit(true);
    }

    private void renew(Patience left) {
        if (attempts <= MOST_ATTEMPTS) {
            left.renew();
        }
    }

    /// @return where the next piece begins; empty if this was the last one
    private Optional<byte[]> deletePiece(Connection connection, byte[] from, byte[] to) throws SQLException {
        long start = System.nanoTime();
        var end = keyAfter(connection, from, to, size);
        try (var statement = entries.delete(connection, from, end.orElse(to))) {
            statement.execute();
        }
        size = System.nanoTime() - start > LONG_NANOS ? Math.max(LEAST, size / 2) : Math.min(most, size * 2);
        return end;
    }

    private Optional<byte[]> keyAfter(Connection connection, byte[] from, byte[] to, int count) throws SQLException {
        try (var statement = entries.after(connection, from, to, count);
                var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
        }
    }

    /// Nothing of the transaction is there then.
    private static void giveUp(Connection connection, SQLException why) throws SQLException {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            gone.addSuppressed(why);
            throw new SQLException("a connection could not be used again: " + gone.getMessage(), "08006", gone);
        }
    }
}
