package io.legion.store.postgres;

import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/// What a store wants to know of its server.
///
/// @param run tells the time since the server was started from any other
/// @param forces whether it forces commits to its disk
record ServerFacts(int version, String run, boolean forces) {

    static ServerFacts read(Connection connection) throws SQLException {
        var query =
                "SELECT current_setting('server_version_num')::int, extract(epoch FROM pg_postmaster_start_time())::text,"
                        + " current_setting('fsync')";
        try (var statement = connection.prepareStatement(query);
                var rows = statement.executeQuery()) {
            rows.next();
            return new ServerFacts(rows.getInt(1), rows.getString(2), "on".equals(rows.getString(3)));
        }
    }

    /// @throws StoreException if the server is older
    void requireVersion(String title, int least) {
        if (version < least) {
            throw new StoreException("The store " + title + " cannot be opened: the server is PostgreSQL "
                    + version / 10_000 + ", and " + least / 10_000
                    + " or later is needed. It was left as it is. Use a newer server.");
        }
    }

    Durability strongest() {
        return forces ? Durability.FORCED : Durability.HANDED_OVER;
    }
}
