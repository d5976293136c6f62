package io.legion.store.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.legion.service.Configuration;
import io.legion.service.Default;
import io.legion.service.GuardedLogger;
import io.legion.service.GuardedMonitor;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// [Postgres] on HikariCP, a pool, and pgjdbc, the driver.
///
/// It connects when somebody asks, so it opens even while the database is away. The server is told to notice
/// within half a minute that the machine of this process is gone.
///
/// Meters: the gauges `legion.postgres.connections` (by state: `active`, `idle`) and `legion.postgres.waiting`.
public final class HikariPostgres implements Postgres, AutoCloseable {

    /// The configuration.
    ///
    /// @param url `jdbc:postgresql://HOST:PORT/DATABASE`; the driver's parameters may follow
    /// @param user who connects; null to take it from the URL, or else as the driver does
    /// @param passwordFile a file with the password alone; null to take it from the URL, or to have none
    /// @param connections the most that the pool has, 4 to 1000
    /// @param connectionTimeout how long to wait for a connection, 250 ms to 10 min
    /// @param statementTimeout how long a statement may take, 100 ms to 1 h
    public record Config(
            String url,
            @Nullable String user,
            @Nullable Path passwordFile,
            @Default("8") int connections,
            @Default("10s") Duration connectionTimeout,
            @Default("30s") Duration statementTimeout) {

        /// @throws IllegalArgumentException if a value is outside its bounds, or the URL is none
        public Config {
            PostgresUrl.parse(url);
            if (connections < 4 || connections > 1000) {
                throw new IllegalArgumentException("connections must be 4 to 1000, but is " + connections + ".");
            }
            require("connectionTimeout", connectionTimeout, Duration.ofMillis(250), Duration.ofMinutes(10));
            require("statementTimeout", statementTimeout, Duration.ofMillis(100), Duration.ofHours(1));
        }

        private static void require(String name, Duration value, Duration least, Duration most) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(name + " must be " + least.toMillis() + " ms to " + most.toSeconds()
                        + " s, but is " + value.toMillis() + " ms.");
            }
        }

        /// True if the URL holds a password: whoever sees the URL sees it.
        public boolean hasPasswordInUrl() {
            return PostgresUrl.parse(url).password() != null;
        }

        /// The usual values.
        public static Config of(String url) {
            return Configuration.defaults(Config.class, Map.of("url", url));
        }

        /// Without credentials, which a URL may hold.
        @Override
        public String toString() {
            return "Config[" + PostgresUrl.parse(url).place() + ", connections=" + connections + ", connectionTimeout="
                    + connectionTimeout + ", statementTimeout=" + statementTimeout + "]";
        }
    }

    /// How much longer than the server a client waits for a statement, before it takes the network for dead.
    private static final Duration NETWORK = Duration.ofSeconds(5);

    private final PostgresUrl url;
    private final int connections;
    private final DataSource direct;
    private final HikariDataSource pool;
    private final List<Monitor.Registration> meters;
    private final Logger logger;

    private HikariPostgres(Config config, PostgresUrl url, DataSource direct, Logger logger, Monitor monitor) {
        this.url = url;
        this.connections = config.connections();
        this.direct = direct;
        this.logger = logger;
        this.pool = new HikariDataSource(pooling(config, direct));
        this.meters = meters(monitor);
    }

    /// Opens the pool. Does not connect yet.
    ///
    /// @throws IllegalArgumentException if the file with the password cannot be read
    public static HikariPostgres open(Config config, Logger logger, Monitor monitor) {
        var url = PostgresUrl.parse(config.url());
        var settings = SessionSettings.of(config.statementTimeout());
        var direct = new CheckedSource(connecting(config, url, settings), settings);
        return new HikariPostgres(config, url, direct, GuardedLogger.of(logger), GuardedMonitor.of(monitor));
    }

    private static PGSimpleDataSource connecting(Config config, PostgresUrl url, SessionSettings settings) {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbc());
        source.setUser(config.user() == null ? url.user() : config.user());
        source.setPassword(config.passwordFile() == null ? url.password() : password(config.passwordFile()));
        source.setApplicationName("legion-" + ProcessHandle.current().pid());
        source.setConnectTimeout(seconds(config.connectionTimeout()));
        source.setLoginTimeout(seconds(config.connectionTimeout()));
        source.setSocketTimeout(seconds(config.statementTimeout().plus(NETWORK)));
        source.setTcpKeepAlive(true);
        source.setPrepareThreshold(1);
        // A standby may be behind, and takes no writes.
        source.setTargetServerType("primary");
        // A detail of the server may hold a key or a value.
        source.setLogServerErrorDetail(false);
        var given = source.getOptions();
        source.setOptions((given == null ? "" : given + " ") + settings.options());
        return source;
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "The password of the database cannot be read from " + file + ": " + unreadable + ".", unreadable);
        }
    }

    private static int seconds(Duration time) {
        return (int) Math.ceilDiv(time.toMillis(), 1000);
    }

    private static HikariConfig pooling(Config config, DataSource direct) {
        var pooling = new HikariConfig();
        pooling.setDataSource(direct);
        pooling.setPoolName("legion-postgres");
        pooling.setMaximumPoolSize(config.connections());
        pooling.setMinimumIdle(1);
        pooling.setConnectionTimeout(config.connectionTimeout().toMillis());
        pooling.setValidationTimeout(Math.min(5000, config.connectionTimeout().toMillis()));
        pooling.setInitializationFailTimeout(-1);
        pooling.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return pooling;
    }

    private List<Monitor.Registration> meters(Monitor monitor) {
        var of = pool.getHikariPoolMXBean();
        var states = "legion.postgres.connections";
        return List.of(
                monitor.tagged("state", "active").gauge(states, of::getActiveConnections),
                monitor.tagged("state", "idle").gauge(states, of::getIdleConnections),
                monitor.gauge("legion.postgres.waiting", of::getThreadsAwaitingConnection));
    }

    @Override
    public DataSource pool() {
        return pool;
    }

    @Override
    public DataSource direct() {
        return direct;
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public String place() {
        return url.place();
    }

    /// Closes the connections of the pool. Those beside it stay with whoever has them.
    @Override
    public void close() {
        meters.forEach(Monitor.Registration::close);
        pool.close();
        logger.debug("Closed the connections to " + place() + ".");
    }
}
