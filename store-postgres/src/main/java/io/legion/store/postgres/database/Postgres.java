package io.legion.store.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Specification of the database service: connections to one PostgreSQL database.
///
/// Each connection plans for lookups by index only, commits synchronously, and ends a statement that takes
/// longer than the service allows, so that whoever asks is never held for ever. One that does not is refused.
///
/// **Failure.** [#query] throws [PostgresException], whose kind says what is true afterwards. The two sources
/// throw the driver's [SQLException], which [PostgresException#of] translates. After a restart of the server a
/// source gives connections again by itself. No message holds a password.
///
/// **Threads.** Any; but the driver loses its connection if a virtual thread that uses it is interrupted.
///
/// This handle has no close: the program that opened the implementation closes it, when all connections have
/// been given back.
public interface Postgres {

    /// Connections that are used again: to close one gives it back. Their transactions see one snapshot
    /// (`REPEATABLE READ`). A caller waits for one as long as the service allows.
    DataSource pool();

    /// Connections beside the pool, each of its own until it is closed. Their transactions see what was
    /// committed before each statement (`READ COMMITTED`).
    DataSource direct();

    /// How many connections the pool has at most.
    int connections();

    /// Which database this is, for people: `HOST:PORT/DATABASE`, without credentials.
    String place();

    // region: derived
    /// Runs statements on a connection of the pool, each a transaction of its own.
    ///
    /// @throws PostgresException if the database fails
    default <T extends @Nullable Object> T query(Work<T> work) {
        try (var connection = pool().getConnection()) {
            return work.run(connection);
        } catch (SQLException failed) {
            throw PostgresException.of(place(), failed);
        }
    }
    // end: derived

    /// What [#query] runs.
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        /// Does the work.
        ///
        /// @param connection must not be kept
        T run(Connection connection) throws SQLException;
    }
}
