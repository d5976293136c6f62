package io.legion.spi;

import io.legion.core.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A store of which ranges of keys cannot be read, until they are dropped as a whole; it may be full as well.
public final class DamagedStore implements Store {
    private record Range(Bytes from, Bytes to) {
        boolean has(byte[] key) {
            return from.compareTo(Bytes.wrap(key)) <= 0 && Bytes.wrap(key).compareTo(to) < 0;
        }
    }

    /// It has no room for any write.
    public boolean full;

    /// It has no room for these writes.
    public Predicate<Batch> fullFor = _ -> false;

    private final Store inside;
    private final List<Range> damaged = new ArrayList<>();

    public DamagedStore(Store inside) {
        this.inside = inside;
    }

    /// From now on these keys cannot be read.
    public void damage(byte[] from, byte[] to) {
        damaged.add(new Range(Bytes.wrap(from), Bytes.wrap(to)));
    }

    public boolean isSound() {
        return damaged.isEmpty();
    }

    /// All can be read again.
    public void repair() {
        damaged.clear();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        requireReadable(key);
        return inside.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        inside.scan(from, to, (key, value) -> {
            requireReadable(key);
            return visitor.visit(key, value);
        });
    }

    private void requireReadable(byte[] key) {
        if (damaged.stream().anyMatch(range -> range.has(key))) {
            throw new StoreException("A read failed: a block is damaged.");
        }
    }

    @Override
    public void write(Batch batch, Durability durability) {
        if (full || fullFor.test(batch)) {
            throw new StoreException.Full("A write failed: no room.");
        }
        inside.write(batch, durability);
        batch.forEach(new Batch.Visitor() {
            @Override
            public void put(byte[] key, byte[] value) {}

            @Override
            public void delete(byte[] key) {}

            @Override
            public void deleteRange(byte[] from, byte[] to) {
                damaged.removeIf(range ->
                        Bytes.wrap(from).compareTo(range.from) <= 0 && range.to.compareTo(Bytes.wrap(to)) <= 0);
            }
        });
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
        return inside.stoppedCleanly();
    }

    @Override
    public boolean complete() {
        return inside.complete();
    }
}
