package io.legion.store.postgres.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Connections of which each was asked whether it is set as it was to be: a proxy between may drop what the driver asks
/// for as it connects, and then nothing ends a statement that hangs.
///
/// @param from makes them
/// @param settings what they must have
record CheckedSource(DataSource from, SessionSettings settings) implements DataSource {

    @Override
    public Connection getConnection() throws SQLException {
        return checked(from.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return checked(from.getConnection(user, password));
    }

    private Connection checked(Connection fresh) throws SQLException {
        try {
            settings.require(fresh);
            return fresh;
        } catch (Throwable refused) {
            try {
                fresh.close();
            } catch (SQLException gone) {
                refused.addSuppressed(gone);
            }
            throw refused;
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return from.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        from.setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return from.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        from.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return from.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return from.isWrapperFor(type);
    }
}
