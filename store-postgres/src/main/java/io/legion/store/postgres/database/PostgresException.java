package io.legion.store.postgres.database;

import java.sql.SQLException;

/// The database failed a caller.
public final class PostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What happened, and what is true of the statement that was under way.
    public enum Kind {
        /// There is no connection: it was lost, or none could be made. The statement was carried out or not.
        AWAY,
        /// All connections of the pool were in use for too long. Nothing was sent.
        BUSY,
        /// The server took too long, or had too much to do. Nothing of the statement is there.
        SLOW,
        /// The server has no room on its disk. Nothing of the statement is there.
        FULL,
        /// The server found its own files damaged. Nothing of the statement is there.
        DAMAGED,
        /// The server refused the statement, or the user. Nothing of the statement is there.
        REFUSED;

        /// True if the same may succeed a moment later.
        public boolean passes() {
            return this == AWAY || this == BUSY || this == SLOW;
        }
    }

    private final Kind kind;

    private PostgresException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// Translates what a driver or a pool threw.
    ///
    /// @param place [Postgres#place()]
    public static PostgresException of(String place, SQLException failed) {
        return new PostgresException(SqlFailures.kind(failed), place + ": " + SqlFailures.text(failed), failed);
    }

    /// What happened.
    public Kind kind() {
        return kind;
    }
}
