package io.legion.store.postgres;

import io.legion.store.postgres.database.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/// Connections that can be cut for good: what is left of a process that was killed.
final class CutPostgres {

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /// The same database service, until it is cut.
    Postgres around(Postgres target) {
        return new DoorPostgres(target, this::pass, this::pass);
    }

    /// The same, but only the connections beside the pool can be cut.
    Postgres aroundDirect(Postgres target) {
        return new DoorPostgres(target, DoorPostgres.OPEN, this::pass);
    }

    private Connection pass(DataSource from) throws SQLException {
        if (cut) {
            throw new SQLException("cut by the test", "08001");
        }
        var connection = from.getConnection();
        open.add(connection);
        return connection;
    }

    /// Ends all connections, as the death of the process would, and gives no more.
    void cut() throws SQLException {
        cut = true;
        for (var connection : open) {
            connection.abort(Runnable::run);
        }
    }
}
