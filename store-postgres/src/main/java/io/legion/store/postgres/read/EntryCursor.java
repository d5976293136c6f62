package io.legion.store.postgres.read;

import io.legion.store.postgres.database.Postgres;
import io.legion.store.postgres.schema.OwnerTable;
import io.legion.store.postgres.schema.OwnerTable.Proof;
import io.legion.store.postgres.schema.RangeQuery;
import io.legion.store.postgres.schema.SchemaName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One scan on the server: a transaction with one snapshot, of which it sends a page at a time.
final class EntryCursor implements AutoCloseable {

    /// Few come first: a visitor may end the scan.
    private static final int FIRST_ROWS = RangeQuery.FEW;

    private static final int ROWS = 256;

    /// An entry.
    @SuppressWarnings("ArrayRecordComponent") // passed on at once
    record Entry(byte[] key, byte[] value) {}

    private final Connection connection;
    private final PreparedStatement large;
    private final ResultSet rows;
    private final Proof proof;
    private int size = FIRST_ROWS;

    private EntryCursor(Connection connection, Proof proof, PreparedStatement large, ResultSet rows) {
        this.connection = connection;
        this.proof = proof;
        this.large = large;
        this.rows = rows;
    }

    /// Begins a scan.
    static EntryCursor open(Postgres postgres, SchemaName schema, byte[] from, byte @Nullable [] to)
            throws SQLException {
        var connection = postgres.pool().getConnection();
        try {
            connection.setAutoCommit(false);
            var proof = new OwnerTable(schema).proof(connection);
            var large = connection.prepareStatement("SELECT value FROM " + schema.of("entry") + " WHERE head = "
                    + schema.of("head_of") + "(?) AND print = " + schema.of("print_of") + "(?)");
            return new EntryCursor(connection, proof, large, rows(connection, schema, from, to));
        } catch (Throwable failed) {
            closeQuietly(connection, failed);
            throw failed;
        }
    }

    private static ResultSet rows(Connection connection, SchemaName schema, byte[] from, byte @Nullable [] to)
            throws SQLException {
        var statement = new RangeQuery(schema).all(connection, from, to);
        statement.setFetchSize(FIRST_ROWS);
        return statement.executeQuery();
    }

    /// The state of the store that the scan sees.
    Proof proof() {
        return proof;
    }

    /// The next entries; none at the end.
    List<Entry> page() throws SQLException {
        var page = new ArrayList<Entry>(size);
        while (page.size() < size && rows.next()) {
            byte[] key = rows.getBytes(1);
            byte @Nullable [] value = rows.getBytes(2);
            page.add(new Entry(key, value == null ? large(key) : value));
            if (value == null) {
                break;
            }
        }
        size = ROWS;
        rows.setFetchSize(ROWS);
        return page;
    }

    private byte[] large(byte[] key) throws SQLException {
        large.setBytes(1, key);
        large.setBytes(2, key);
        try (var found = large.executeQuery()) {
            if (!found.next()) {
                throw new SQLException("an entry is not where its own snapshot has it", "XX001");
            }
            return found.getBytes(1);
        }
    }

    private static void closeQuietly(Connection connection, Throwable failed) {
        try {
            connection.close();
        } catch (SQLException gone) {
            failed.addSuppressed(gone);
        }
    }

    /// Ends the transaction, and gives the connection back, which closes the statements.
    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
