package io.legion.store.postgres.read;

import io.legion.core.Bytes;
import io.legion.spi.Store;
import io.legion.store.postgres.call.StoreWorkers;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// How callers read: on threads of the store's own; and from the cache, but only while the store surely has its schema.
/// Any other read asks the database, which proves that.
public final class CachedReads implements AutoCloseable {

    private final ReadCache cache;
    private final BooleanSupplier owns;
    private final EntryReads entries;
    private final EntryScan scans;
    private final StoreWorkers workers;
    private final LongConsumer told;

    /// @param owns whether nobody else can have the schema
    /// @param workers closed with this
    /// @param told how many nanoseconds a read of the database took
    public CachedReads(
            ReadCache cache,
            BooleanSupplier owns,
            EntryReads entries,
            EntryScan scans,
            StoreWorkers workers,
            LongConsumer told) {
        this.cache = cache;
        this.owns = owns;
        this.entries = entries;
        this.scans = scans;
        this.workers = workers;
        this.told = told;
    }

    /// See [Store#get].
    public byte @Nullable [] get(byte[] key) {
        var value = owns.getAsBoolean() ? cache.get(Bytes.copyOf(key), () -> read(key)) : read(key);
        return value.orElse(null);
    }

    private Optional<byte[]> read(byte[] key) {
        long start = System.nanoTime();
        var value = workers.call(() -> entries.get(key));
        told.accept(System.nanoTime() - start);
        return value;
    }

    /// See [Store#scan].
    public void scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        scans.run(from, to, visitor);
    }

    /// Ends the threads.
    @Override
    public void close() {
        workers.close();
    }
}
