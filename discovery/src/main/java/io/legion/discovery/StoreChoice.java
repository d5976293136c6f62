package io.legion.discovery;

import io.legion.core.Bytes;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Store;
import io.legion.store.postgres.PostgresStore;
import io.legion.store.postgres.database.HikariPostgres;
import io.legion.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// Where a node keeps its data.
public sealed interface StoreChoice {
    /// The store of this choice.
    Managed<? extends Store> open(Logger logger, Monitor monitor);

    /// An embedded RocksDB.
    ///
    /// @param directory the store's own
    /// @param cache the bytes of blocks read that stay in memory, outside the heap
    /// @param writeBuffer the bytes of changes after which a file is written
    /// @param replaceDamaged whether a store with damaged files begins with nothing, as a new node
    /// @param scrubEvery how often every table is read and compared with its checksums; zero for never
    /// @param scrubRate how many bytes a second that reads
    record RocksDb(
            Path directory,
            @Default("32 MiB") ByteSize cache,
            @Default("16 MiB") ByteSize writeBuffer,
            @Default("false") boolean replaceDamaged,
            @Default("7d") Duration scrubEvery,
            @Default("4 MiB") ByteSize scrubRate)
            implements StoreChoice {
        @Override
        public Managed<RocksDbStore> open(Logger logger, Monitor monitor) {
            var config = new RocksDbStore.Config(directory, cache, writeBuffer, replaceDamaged, scrubEvery, scrubRate);
            return Managed.of(() -> RocksDbStore.open(config, logger, monitor));
        }
    }

    /// A schema of a PostgreSQL database. The components are those of [HikariPostgres.Config] and
    /// [PostgresStore.Config].
    ///
    /// @param url `jdbc:postgresql://HOST:PORT/DATABASE`
    /// @param user who connects; null to take it from the URL
    /// @param passwordFile a file with the password alone; null to take it from the URL, or to have none
    /// @param schema the store's own
    /// @param cache the bytes of entries read that stay in memory
    /// @param connections the most that it has, beside the one that holds the schema
    /// @param connectionTimeout how long to wait for a connection
    /// @param statementTimeout how long a statement may take
    /// @param patience how long a call waits for a server that is away or slow
    /// @param lockTimeout how long the start waits for a session that still holds the schema
    record Postgres(
            String url,
            @Nullable String user,
            @Nullable Path passwordFile,
            @Default("legion") String schema,
            @Default("32 MiB") ByteSize cache,
            @Default("8") int connections,
            @Default("10s") Duration connectionTimeout,
            @Default("30s") Duration statementTimeout,
            @Default("1m") Duration patience,
            @Default("10s") Duration lockTimeout)
            implements StoreChoice {

        /// Kept, because a logger without a reference forgets its level.
        private static final java.util.logging.Logger POOL = java.util.logging.Logger.getLogger("com.zaxxer.hikari");

        private static final java.util.logging.Logger STEPS = java.util.logging.Logger.getLogger("org.flywaydb");

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Postgres {
            new HikariPostgres.Config(url, user, passwordFile, connections, connectionTimeout, statementTimeout);
            new PostgresStore.Config(schema, patience, lockTimeout);
        }

        @Override
        public Managed<PostgresStore> open(Logger logger, Monitor monitor) {
            // The store says by itself what matters of these.
            POOL.setLevel(Level.SEVERE);
            STEPS.setLevel(Level.WARNING);
            var database = new HikariPostgres.Config(
                    url, user, passwordFile, connections, connectionTimeout, statementTimeout);
            var config = new PostgresStore.Config(schema, patience, lockTimeout);
            return Managed.of(() -> HikariPostgres.open(database, logger, monitor))
                    .flatMap(postgres -> cache(monitor)
                            .flatMap(cache ->
                                    Managed.of(() -> PostgresStore.open(config, postgres, cache, logger, monitor))));
        }

        private Managed<CaffeineLruCache<Bytes, Optional<byte[]>>> cache(Monitor monitor) {
            return Managed.of(() -> CaffeineLruCache.open(
                    CaffeineLruCache.Config.ofBytes(cache), PostgresStore::weight, monitor.under("legion.postgres")));
        }

        /// Without credentials, which the URL may hold.
        @Override
        public String toString() {
            return "Postgres[schema=" + schema + "]";
        }
    }

    /// The heap: gone with the process.
    ///
    /// @param maximumSize the most bytes of keys and values
    record Memory(@Default("1 GiB") ByteSize maximumSize) implements StoreChoice {
        @Override
        public Managed<MemoryStore> open(Logger logger, Monitor monitor) {
            return Managed.of(() -> MemoryStore.open(new MemoryStore.Config(maximumSize)));
        }
    }
}
