package io.legion.store.postgres;

import io.legion.core.Bytes;
import io.legion.service.CallGate;
import io.legion.service.CloseOnce;
import io.legion.service.Default;
import io.legion.service.GuardedLogger;
import io.legion.service.GuardedMonitor;
import io.legion.service.Logger;
import io.legion.service.LruCache;
import io.legion.service.Monitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.postgres.database.Postgres;
import io.legion.store.postgres.owner.OwnerKeeper;
import io.legion.store.postgres.owner.OwnerSession;
import io.legion.store.postgres.owner.StoreFault;
import io.legion.store.postgres.read.CachedReads;
import io.legion.store.postgres.read.ReadCache;
import io.legion.store.postgres.schema.SchemaName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [Store] in a schema of a PostgreSQL database, on two services: the [Postgres] that connects, and an
/// [LruCache] of what was read lately.
///
/// [Durability#FORCED] and [Durability#HANDED_OVER] wait until the server has the commit on its disk,
/// [Durability#MEMORY] does not: such a write may be lost when the server stops, for less than a second. If the
/// server runs with `fsync=off`, the strongest durability is `HANDED_OVER`.
///
/// One store at a time has a schema: its session holds an advisory lock, and each write, and each read that
/// goes to the database, proves that the store still owns it. When the connection is lost, calls wait and go on with
/// another one, for as long as `patience` says; no batch is lost then, and none is there twice.
public final class PostgresStore implements Store, AutoCloseable {

    /// The configuration.
    ///
    /// @param schema the store's own; made if it is missing, and otherwise empty or a store
    /// @param patience how long a call waits for a server that is away or slow before it fails, 1 s to 1 h
    /// @param lockTimeout how long to wait at the start for a session that still holds the schema, such as that of
    ///     a process that has just died; 0 to 10 min
    public record Config(
            @Default("legion") String schema,
            @Default("1m") Duration patience,
            @Default("10s") Duration lockTimeout) {

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Config {
            new SchemaName(schema);
            if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("patience must be 1s to 1h, but is " + patience.toMillis() + " ms.");
            }
            if (lockTimeout.isNegative() || lockTimeout.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException(
                        "lockTimeout must be 0 to 10m, but is " + lockTimeout.toMillis() + " ms.");
            }
        }

        /// The usual values.
        public static Config of(String schema) {
            return new Config(schema, Duration.ofMinutes(1), Duration.ofSeconds(10));
        }
    }

    /// What an entry takes in the cache beside its bytes.
    private static final int OVERHEAD = 120;

    private final String title;
    private final OwnerSession session;
    private final OwnerKeeper keeper;
    private final StoreFault fault;
    private final CachedReads reads;
    private final GroupedWrites writes;
    private final boolean stoppedCleanly;
    private final Durability strongest;
    private final Logger logger;
    private final CallGate gate = new CallGate("store");
    private final CloseOnce closing = new CloseOnce("legion-store-close", () -> gate.close(this::shut));

    /// A store that owns its schema.
    PostgresStore(PostgresOpening.Opened opened, ReadCache cache, PostgresMeters meters, Logger logger) {
        this.title = opened.title();
        this.session = opened.session();
        this.fault = opened.fault();
        this.stoppedCleanly = opened.stoppedCleanly();
        this.strongest = opened.strongest();
        this.logger = logger;
        this.reads = opened.reads(cache, meters);
        this.writes = new GroupedWrites(session, cache, strongest, meters, opened.patience());
        this.keeper = new OwnerKeeper(session, logger);
    }

    /// Opens the store in a schema, or founds one there.
    ///
    /// @param postgres stays open longer than the store
    /// @param cache for this store alone, weighed by [#weight]
    /// @throws StoreException if the database cannot be reached, or the schema is no store, in use, of a newer
    ///     format, or damaged. Nothing in it was changed; the message says what to do
    public static PostgresStore open(
            Config config, Postgres postgres, LruCache<Bytes, Optional<byte[]>> cache, Logger logger, Monitor monitor) {
        var guarded = GuardedLogger.of(logger);
        var meters = new PostgresMeters(GuardedMonitor.of(monitor));
        var opened = PostgresOpening.open(config, postgres, guarded, meters);
        return new PostgresStore(opened, new ReadCache(cache), meters, guarded);
    }

    /// The bytes that an entry of the cache takes.
    public static int weight(Bytes key, Optional<byte[]> value) {
        return OVERHEAD + key.size() + value.map(bytes -> bytes.length).orElse(0);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        gate.enter();
        try {
            fault.requireReadable();
            return reads.get(key);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return;
        }
        gate.enter();
        try {
            fault.requireReadable();
            reads.scan(from, to, visitor);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void write(Batch batch, Durability durability) {
        gate.enter();
        try {
            requireWritable();
            if (!batch.isEmpty()) {
                writes.write(batch, durability);
            }
        } finally {
            gate.leave();
        }
    }

    private void requireWritable() {
        fault.requireWritable();
        if (session.mark().identity().isEmpty()) {
            throw new IllegalStateException("The store was never identified: call identify before the first write.");
        }
    }

    @Override
    public Durability strongest() {
        return strongest;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        gate.requireOpen();
        return session.mark().identity();
    }

    @Override
    public void identify(StoreIdentity next) {
        gate.enter();
        try {
            writes.identify(next);
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean stoppedCleanly() {
        gate.requireOpen();
        return stoppedCleanly;
    }

    @Override
    public boolean complete() {
        gate.requireOpen();
        return session.mark().complete();
    }

    @Override
    public Optional<String> damage() {
        gate.requireOpen();
        return Optional.of(session.mark().damage()).filter(damage -> !damage.isEmpty());
    }

    /// Sets the mark of a clean stop and frees the schema. Waits for the calls under way. All who close, at the
    /// same time or later, return when that is done; an interrupt does not end it.
    ///
    /// @throws IllegalStateException if a visitor of [#scan] closes the store that it visits
    @Override
    public void close() {
        gate.requireOutside();
        closing.close();
    }

    private void shut() {
        keeper.close();
        if (fault.happened()) {
            logger.warning("The store is closed after a failed write, so without the mark of a clean stop.");
        } else {
            stop();
        }
        session.close();
        reads.close();
        writes.close();
    }

    private void stop() {
        try {
            session.stop();
            logger.info("Closed the store " + title + ".");
        } catch (StoreException failed) {
            logger.error(
                    "The store is closed without the mark of a clean stop: " + failed.getMessage()
                            + " What it acknowledged is there, but for writes of the durability memory.",
                    failed);
        }
    }
}
