package io.legion.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store with another one inside, whose behaviour a test can change.
final class WrappedStore implements Store {
    private final Store inside;
    volatile boolean complete = true;
    volatile boolean stoppedCleanly = true;

    /// Called before each write; what it throws is what the write throws.
    volatile Runnable beforeWrite = () -> {};

    /// Called before each scan.
    volatile Runnable beforeScan = () -> {};

    /// Called before each get.
    volatile Runnable beforeGet = () -> {};

    volatile int writes;
    volatile Durability lastDurability = Durability.MEMORY;

    WrappedStore(Store inside) {
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
        inside.scan(from, to, visitor);
    }

    @Override
    public synchronized void write(Batch batch, Durability durability) {
        beforeWrite.run();
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
}
