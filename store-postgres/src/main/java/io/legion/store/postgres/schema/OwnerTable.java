package io.legion.store.postgres.schema;

import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import io.legion.store.postgres.batch.BatchChanges;
import io.legion.store.postgres.database.SqlFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The statements about who owns a schema, and how it was left.
public final class OwnerTable {

    /// Who may write, and the number of the last batch.
    public record Proof(long opening, long batch) {
        public static Proof of(ResultSet row) throws SQLException {
            return new Proof(row.getLong(1), row.getLong(2));
        }
    }

    private final SchemaName schema;

    public OwnerTable(SchemaName schema) {
        this.schema = schema;
    }

    public Proof proof(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT opening, batch FROM " + schema.of("owner"));
                var rows = statement.executeQuery()) {
            return Proof.of(only(rows));
        }
    }

    public LifeMark mark(Connection connection) throws SQLException {
        var query = "SELECT boot, weakest, complete, damage, identity FROM " + schema.of("mark");
        try (var statement = connection.prepareStatement(query);
                var rows = statement.executeQuery()) {
            var row = only(rows);
            return new LifeMark(
                    row.getString(1),
                    Durability.valueOf(row.getString(2)),
                    row.getBoolean(3),
                    row.getString(4),
                    Optional.ofNullable(row.getString(5)).map(StoreIdentity::parse));
        }
    }

    /// Makes the caller the owner, in the transaction under way.
    ///
    /// @return the new opening, and the last batch
    public Proof take(Connection connection) throws SQLException {
        var update = "UPDATE " + schema.of("owner") + " SET opening = opening + 1 RETURNING opening, batch";
        try (var statement = connection.prepareStatement(update);
                var rows = statement.executeQuery()) {
            return Proof.of(only(rows));
        }
    }

    public void setMark(Connection connection, long opening, LifeMark mark) throws SQLException {
        var call = "SELECT " + schema.of("set_mark") + "(?, ?, ?, ?, ?, ?)";
        try (var statement = connection.prepareStatement(call)) {
            statement.setLong(1, opening);
            statement.setString(2, mark.boot());
            statement.setString(3, mark.weakest().name());
            statement.setBoolean(4, mark.complete());
            statement.setString(5, mark.damage());
            statement.setString(6, mark.identity().map(StoreIdentity::toText).orElse(null));
            statement.execute();
            requireCommitted(statement.getWarnings());
        }
    }

    /// The statements about entries.
    public RangeQuery entries() {
        return new RangeQuery(schema);
    }

    /// Keeps others from becoming the owner, or writing, until the transaction under way has ended.
    ///
    /// @throws SQLException such as [#write] throws if the batch is not the next one of this owner
    public void requireNext(Connection connection, Proof next) throws SQLException {
        var query = "SELECT 1 FROM " + schema.of("owner") + " WHERE opening = ? AND batch = ? FOR UPDATE";
        try (var statement = connection.prepareStatement(query)) {
            statement.setLong(1, next.opening());
            statement.setLong(2, next.batch() - 1);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("batch " + next.batch() + " is not the next one", SqlFailures.FENCED);
                }
            }
        }
    }

    /// One batch, if it is the next one of this owner.
    ///
    /// @param waits false not to wait until the server has it on its disk
    public void write(Connection connection, Proof next, boolean waits, BatchChanges changes) throws SQLException {
        var call = "SELECT " + schema.of("write_batch") + "(?, ?, ?, ?, ?, ?, ?, ?)";
        try (var statement = connection.prepareStatement(call)) {
            statement.setLong(1, next.opening());
            statement.setLong(2, next.batch());
            statement.setBoolean(3, waits);
            byte[][][] arrays = {
                changes.rangesFrom(), changes.rangesTo(), changes.deleted(), changes.putKeys(), changes.putValues()
            };
            for (int i = 0; i < arrays.length; i++) {
                statement.setArray(4 + i, connection.createArrayOf("bytea", arrays[i]));
            }
            statement.execute();
            requireCommitted(statement.getWarnings());
        }
    }

    /// Somebody may end the wait of a commit for a standby. The server only warns of that, and the standby may lack it.
    ///
    /// @throws SQLException as after a lost connection: what became of the commit is to be looked up
    public static void requireCommitted(@Nullable SQLWarning warning) throws SQLException {
        if (warning != null) {
            throw new SQLException("a commit ended with a warning: " + warning.getMessage(), "08007", warning);
        }
    }

    private static ResultSet only(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new SQLException("the table that says whose the store is has no row", "XX001");
        }
        return rows;
    }
}
