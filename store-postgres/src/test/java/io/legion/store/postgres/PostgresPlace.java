package io.legion.store.postgres;

import io.legion.contracts.StorePlace;
import io.legion.core.Bytes;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.store.postgres.database.HikariPostgres;
import io.legion.store.postgres.database.Postgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A store in a schema of its own. A crash cuts all its connections: the server sees what the death of a process
/// looks like.
class PostgresPlace implements StorePlace {

    private static final long CACHE = 1 << 20;

    private final TestServer server;
    private final HikariPostgres.Config config;
    private final PostgresStore.Config store;
    private Logger logger = RecordingLogger.open(new RecordingLogger.Config(1000));
    private UnaryOperator<Postgres> wrapping = UnaryOperator.identity();
    private @Nullable Opened opened;

    PostgresPlace(TestServer server) {
        this(server, server.config(8, Duration.ofSeconds(5), Duration.ofSeconds(20)), Duration.ofSeconds(20));
    }

    PostgresPlace(TestServer server, HikariPostgres.Config config, Duration patience) {
        this(server, config, new PostgresStore.Config(TestServer.newSchema(), patience, Duration.ofSeconds(5)));
    }

    PostgresPlace(TestServer server, HikariPostgres.Config config, PostgresStore.Config store) {
        this.server = server;
        this.config = config;
        this.store = store;
    }

    PostgresPlace logging(Logger to) {
        logger = to;
        return this;
    }

    /// The store asks the database through this.
    PostgresPlace through(UnaryOperator<Postgres> wrapper) {
        wrapping = wrapper;
        return this;
    }

    /// Another node in the same schema.
    PostgresPlace another() {
        return new PostgresPlace(
                server, config, new PostgresStore.Config(store.schema(), store.patience(), Duration.ofMillis(200)));
    }

    String schema() {
        return store.schema();
    }

    private record Opened(HikariPostgres pool, CutPostgres connections, PostgresStore store) {}

    @Override
    public PostgresStore open() {
        var monitor = RecordingMonitor.open();
        var pool = HikariPostgres.open(config, logger, monitor);
        try {
            var connections = new CutPostgres();
            var postgres = wrapping.apply(connections.around(pool));
            var cache = CaffeineLruCache.<Bytes, Optional<byte[]>>open(
                    new CaffeineLruCache.Config(CACHE), PostgresStore::weight, monitor);
            opened = new Opened(pool, connections, PostgresStore.open(store, postgres, cache, logger, monitor));
            return opened.store();
        } catch (Throwable refused) {
            pool.close();
            throw refused;
        }
    }

    @Override
    public void shut() {
        if (opened != null) {
            opened.store().close();
            opened.pool().close();
            opened = null;
        }
    }

    @Override
    public void crash() {
        if (opened != null) {
            var dead = opened;
            opened = null;
            cut(dead);
            Thread.startVirtualThread(() -> {
                dead.store().close();
                dead.pool().close();
            });
        }
    }

    private static void cut(Opened dead) {
        try {
            dead.connections().cut();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        shut();
        try {
            server.execute("DROP SCHEMA IF EXISTS " + store.schema() + " CASCADE");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
