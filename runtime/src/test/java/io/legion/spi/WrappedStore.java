package io.legion.spi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A store with another one inside, whose behaviour a test can change.
public final class WrappedStore implements Store {
    private final Store inside;
    public volatile boolean complete = true;
    public volatile boolean stoppedCleanly = true;
    public volatile Optional<String> damage = Optional.empty();
    public volatile Optional<String> warning = Optional.empty();

    /// Called before each write; what it throws is what the write throws.
    public volatile Consumer<Batch> beforeWrite = _ -> {};

    /// Called before each scan.
    public volatile Runnable beforeScan = () -> {};

    /// Called before each scan, with where it begins.
    public volatile Consumer<byte[]> beforeScanOf = _ -> {};

    /// Called before each get.
    public volatile Runnable beforeGet = () -> {};

    /// How many scans are under way.
    public final AtomicInteger scans = new AtomicInteger();

    public volatile int writes;
    public volatile Durability lastDurability = Durability.MEMORY;

    public WrappedStore(Store inside) {
        this.inside = inside;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        beforeGet.run();
        return inside.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        beforeScan.run();
        beforeScanOf.accept(from);
        scans.incrementAndGet();
        try {
            inside.scan(from, to, visitor);
        } finally {
            scans.decrementAndGet();
        }
    }

    @Override
    public synchronized void write(Batch batch, Durability durability) {
        beforeWrite.accept(batch);
        writes++;
        lastDurability = durability;
        inside.write(batch, durability);
    }

    @Override
    public Durability strongest() {
        return inside.strongest();
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return inside.identity();
    }

    @Override
    public void identify(StoreIdentity identity) {
        inside.identify(identity);
    }

    @Override
    public boolean stoppedCleanly() {
        return stoppedCleanly;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public Optional<String> damage() {
        return damage;
    }

    @Override
    public Optional<String> warning() {
        return warning;
    }
}
