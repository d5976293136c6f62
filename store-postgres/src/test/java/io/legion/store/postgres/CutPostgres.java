package io.legion.store.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// A database service whose connections can be cut for good: what is left of a process that was killed.
final class CutPostgres implements Postgres {

    private final Postgres target;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    CutPostgres(Postgres target) {
        this.target = target;
    }

    /// Ends all connections, as the death of the process would, and gives no more.
    void cut() throws SQLException {
        cut = true;
        for (var connection : open) {
            connection.abort(Runnable::run);
        }
    }

    @Override
    public DataSource pool() {
        return new Source(target.pool());
    }

    @Override
    public DataSource direct() {
        return new Source(target.direct());
    }

    @Override
    public int connections() {
        return target.connections();
    }

    @Override
    public String place() {
        return target.place();
    }

    private final class Source implements DataSource {
        private final DataSource from;

        Source(DataSource from) {
            this.from = from;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (cut) {
                throw new SQLException("cut by the test", "08001");
            }
            var connection = from.getConnection();
            open.add(connection);
            return connection;
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
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
        public void setLoginTimeout(int seconds) throws SQLException {
            from.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return from.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
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
}
