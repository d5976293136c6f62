package io.legion.runtime.storage;

import io.legion.runtime.flight.StoreWriteFlight;
import io.legion.service.Monitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store with meters: `legion.store.write` (a timer), `legion.store.changes` and `legion.store.bytes` (of the
/// batches, counters).
public final class MeteredStore implements Store {
    private final Store store;
    private final Monitor.Timer writes;
    private final Monitor.Counter changes;
    private final Monitor.Counter bytes;

    public MeteredStore(Store store, Monitor monitor) {
        this.store = store;
        this.writes = monitor.timer("legion.store.write");
        this.changes = monitor.counter("legion.store.changes");
        this.bytes = monitor.counter("legion.store.bytes");
    }

    @Override
    public void write(Batch batch, Durability durability) {
        long begin = System.nanoTime();
        var flight = new StoreWriteFlight();
        flight.begin();
        try {
            store.write(batch, durability);
        } finally {
            flight.ended(batch.count(), batch.size(), durability);
        }
        writes.recordNanos(System.nanoTime() - begin);
        changes.add(batch.count());
        bytes.add(batch.size());
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        store.scan(from, to, visitor);
    }

    @Override
    public Durability strongest() {
        return store.strongest();
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return store.identity();
    }

    @Override
    public void identify(StoreIdentity identity) {
        store.identify(identity);
    }

    @Override
    public boolean stoppedCleanly() {
        return store.stoppedCleanly();
    }

    @Override
    public boolean complete() {
        return store.complete();
    }

    @Override
    public Optional<String> damage() {
        return store.damage();
    }

    @Override
    public Optional<String> warning() {
        return store.warning();
    }
}
