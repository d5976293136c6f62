package io.legion.store.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The advisory lock of a schema, which a session holds until it ends: one store at a time.
public final class SchemaLock {

    /// Tells our locks from those of others in the database: "LGN1".
    private static final int CLASS = 0x4C474E31;

    private final SchemaName schema;

    public SchemaLock(SchemaName schema) {
        this.schema = schema;
    }

    /// A session of the server.
    ///
    /// @param began tells it from a later one with the same number
    public record Session(int pid, String began, String application, String address) {
        public boolean isSame(Session other) {
            return pid == other.pid && began.equals(other.began);
        }

        @Override
        public String toString() {
            return "session " + pid + " of the server, \"" + application + "\" from "
                    + (address.isEmpty() ? "the server's machine" : address) + ", since " + began;
        }
    }

    /// True if the session of this connection holds the lock now.
    public boolean take(Connection connection) throws SQLException {
        var query = "SELECT pg_try_advisory_lock(?, oid::int4) FROM pg_namespace WHERE nspname = ?";
        try (var statement = connection.prepareStatement(query)) {
            statement.setInt(1, CLASS);
            statement.setString(2, schema.name());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /// Who holds the lock, if the server says so.
    public Optional<Session> holder(Connection connection) throws SQLException {
        var query = "SELECT a.pid, a.backend_start, a.application_name, a.client_addr FROM pg_locks l"
                + " JOIN pg_namespace n ON n.oid = l.objid JOIN pg_stat_activity a ON a.pid = l.pid"
                + " WHERE l.locktype = 'advisory' AND l.classid = ?::int4::oid AND l.objsubid = 2 AND l.granted"
                + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                + " AND n.nspname = ?";
        try (var statement = connection.prepareStatement(query)) {
            statement.setInt(1, CLASS);
            statement.setString(2, schema.name());
            return session(statement);
        }
    }

    /// The session of this connection itself.
    public Session own(Connection connection) throws SQLException {
        var query = "SELECT pid, backend_start, application_name, client_addr FROM pg_stat_activity"
                + " WHERE pid = pg_backend_pid()";
        try (var statement = connection.prepareStatement(query)) {
            return session(statement).orElseThrow(() -> new SQLException("the server does not show this session"));
        }
    }

    /// Ends a session that this process has lost, and what it was doing with it.
    public void end(Connection connection, Session lost) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
            statement.setInt(1, lost.pid());
            statement.execute();
        }
    }

    private static Optional<Session> session(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Session(
                            rows.getInt(1), text(rows.getString(2)), text(rows.getString(3)), text(rows.getString(4))))
                    : Optional.empty();
        }
    }

    private static String text(@Nullable String column) {
        return column == null ? "" : column;
    }
}
