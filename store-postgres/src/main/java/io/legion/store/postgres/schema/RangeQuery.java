package io.legion.store.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The statements about the entries of a range, in the order of their keys. A value that is large is null there.
public final class RangeQuery {

    /// Most scans find no more.
    public static final int FEW = 32;

    /// A larger value is fetched by itself, so that a page stays small whatever the values are.
    private static final int LARGE = 16 << 10;

    private final SchemaName schema;

    public RangeQuery(SchemaName schema) {
        this.schema = schema;
    }

    /// All entries: key and value.
    public PreparedStatement all(Connection connection, byte[] from, byte @Nullable [] to) throws SQLException {
        return bound(connection, entries(to), from, to);
    }

    /// One entry more than a few, or fewer: opening and batch of the owner, key and value. One row without a key if
    /// there is none.
    public PreparedStatement few(Connection connection, byte[] from, byte @Nullable [] to) throws SQLException {
        var query = "SELECT o.opening, o.batch, e.key, e.value FROM " + schema.of("owner") + " o LEFT JOIN LATERAL ("
                + entries(to) + " LIMIT " + (FEW + 1) + ") e ON true ORDER BY e.key";
        return bound(connection, query, from, to);
    }

    /// The key after so many others; no row if there is none.
    public PreparedStatement after(Connection connection, byte[] from, byte[] to, int count) throws SQLException {
        return bound(
                connection,
                "SELECT head || rest" + inRange(to) + " ORDER BY head, rest OFFSET " + count + " LIMIT 1",
                from,
                to);
    }

    /// Deletes them.
    public PreparedStatement delete(Connection connection, byte[] from, byte[] to) throws SQLException {
        return bound(connection, "DELETE" + inRange(to), from, to);
    }

    private String entries(byte @Nullable [] to) {
        return "SELECT head || rest AS key, CASE WHEN octet_length(value) <= " + LARGE + " THEN value END AS value"
                + inRange(to) + " ORDER BY head, rest";
    }

    private String inRange(byte @Nullable [] to) {
        var bound = "(" + schema.of("head_of") + "(?), " + schema.of("rest_of") + "(?))";
        return " FROM " + schema.of("entry") + " WHERE (head, rest) >= " + bound
                + (to == null ? "" : " AND (head, rest) < " + bound);
    }

    private static PreparedStatement bound(Connection connection, String query, byte[] from, byte @Nullable [] to)
            throws SQLException {
        var statement = connection.prepareStatement(query);
        statement.setBytes(1, from);
        statement.setBytes(2, from);
        if (to != null) {
            statement.setBytes(3, to);
            statement.setBytes(4, to);
        }
        return statement;
    }
}
