package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.runtime.Batch;
import io.legion.runtime.Durability;
import io.legion.runtime.Store;
import io.legion.runtime.StoreException;
import io.legion.runtime.StoreIdentity;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A store on a disk that can lose what was not forced, fill up, fail to be read, and be replaced by an older
/// copy of itself. It survives the machine it is in, unless that is what the fault is about.
final class SimulatedDisk implements Store {
    /// What a write replaced, so that it can be taken back.
    private record Unforced(NavigableMap<Bytes, Optional<byte[]>> before, Durability durability) {}

    /// A copy of everything at one moment.
    record Copy(
            NavigableMap<Bytes, byte[]> content, @Nullable StoreIdentity identity) {}

    private TreeMap<Bytes, byte[]> content = new TreeMap<>();
    private final ArrayDeque<Unforced> unforced = new ArrayDeque<>();
    private @Nullable StoreIdentity identity;
    private boolean failed;
    private boolean complete = true;
    private WriteListener listener = (_, _) -> {};

    /// The next writes fail; of the first of them it is left open whether it is there.
    boolean full;

    /// Every read fails.
    boolean unreadable;

    /// Told of each key and value that is put.
    interface WriteListener {
        void put(byte[] key, byte[] value);
    }

    void listen(WriteListener next) {
        listener = next;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        requireReadable();
        return content.get(Bytes.wrap(key));
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        requireReadable();
        var range = to == null
                ? content.tailMap(Bytes.wrap(from), true)
                : content.subMap(Bytes.wrap(from), true, Bytes.wrap(to), false);
        for (var entry : range.entrySet()) {
            if (!visitor.visit(entry.getKey().shared(), entry.getValue())) {
                return;
            }
        }
    }

    private void requireReadable() {
        if (unreadable) {
            throw new StoreException("The simulated disk can not be read.");
        }
    }

    @Override
    public void write(Batch batch, Durability durability) {
        if (failed || full) {
            boolean first = !failed;
            failed = true;
            if (first && batch.count() % 2 == 0) {
                apply(batch, durability);
            }
            throw new StoreException("The simulated disk is full.");
        }
        apply(batch, durability);
    }

    /// A write that fails may be there all the same, and what was folded by it is history.
    private void apply(Batch batch, Durability durability) {
        if (durability == Durability.FORCED) {
            unforced.clear();
            batch.forEach(new Changing(null));
        } else {
            var before = new TreeMap<Bytes, Optional<byte[]>>();
            batch.forEach(new Changing(before));
            unforced.addLast(new Unforced(before, durability));
        }
    }

    /// The process died, or the machine with it: of the writes that were not safe from that, the last few are gone.
    ///
    /// @param kept how many of the unsafe writes are there all the same
    void crash(boolean power, Randomness kept) {
        Durability safe = power ? Durability.FORCED : Durability.HANDED_OVER;
        int lose = unforced.isEmpty() ? 0 : kept.below(unforced.size() + 1);
        if (unforced.stream().anyMatch(write -> !write.durability.covers(safe))) {
            complete = false;
            for (; lose > 0; lose--) {
                takeBack(unforced.removeLast().before);
            }
        }
        if (power) {
            unforced.clear();
        }
        failed = false;
    }

    private void takeBack(NavigableMap<Bytes, Optional<byte[]>> before) {
        before.forEach(
                (key, value) -> value.ifPresentOrElse(present -> content.put(key, present), () -> content.remove(key)));
    }

    /// What a backup program would keep.
    Copy copy() {
        return new Copy(new TreeMap<>(content), identity);
    }

    /// Somebody puts an old copy in this disk's place.
    void restore(Copy copy) {
        content = new TreeMap<>(copy.content);
        identity = copy.identity;
        unforced.clear();
        failed = false;
    }

    /// A new disk in this one's place.
    void replace() {
        content = new TreeMap<>();
        unforced.clear();
        identity = null;
        complete = true;
        failed = false;
        full = false;
        unreadable = false;
    }

    /// The store begins a new life under this id (R1), with nothing in it.
    void found(NodeId node, int shards) {
        replace();
        identity = new StoreIdentity(new UUID(0, 1), "simulated", node, 1, shards, new TreeMap<>());
    }

    /// Whether there is a replica of this shard.
    boolean holds(int shard) {
        return content.containsKey(Bytes.wrap(new byte[] {'r', (byte) (shard >>> 8), (byte) shard, 'E'}));
    }

    /// The entries of the log of a shard.
    Collection<byte[]> entries(int shard) {
        byte high = (byte) (shard >>> 8);
        byte low = (byte) shard;
        return content.subMap(
                        Bytes.wrap(new byte[] {'e', high, low}), Bytes.wrap(new byte[] {'e', high, (byte) (low + 1)}))
                .values();
    }

    /// The keys of the whole index.
    SortedSet<Bytes> index() {
        return new TreeSet<>(content.subMap(Bytes.wrap(new byte[] {'i'}), Bytes.wrap(new byte[] {'i' + 1}))
                .keySet());
    }

    /// The disk has room again and can be read; who uses it must open it again.
    void repair() {
        full = false;
        unreadable = false;
        failed = false;
    }

    @Override
    public Durability strongest() {
        return Durability.FORCED;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return Optional.ofNullable(identity);
    }

    @Override
    public void identify(StoreIdentity next) {
        StoreIdentity.requireSameCluster(identity, next);
        identity = next;
        complete = true;
    }

    @Override
    public boolean stoppedCleanly() {
        return false;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    /// Applies changes and tells of them; remembers what was there before, if somebody may want it back.
    private final class Changing implements Batch.Visitor {
        private final @Nullable NavigableMap<Bytes, Optional<byte[]>> before;

        Changing(@Nullable NavigableMap<Bytes, Optional<byte[]>> before) {
            this.before = before;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            listener.put(key, value);
            Bytes name = Bytes.wrap(key);
            remember(name, content.put(name, value));
        }

        @Override
        public void delete(byte[] key) {
            Bytes name = Bytes.wrap(key);
            remember(name, content.remove(name));
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            var range = content.subMap(Bytes.wrap(from), true, Bytes.wrap(to), false);
            range.forEach(this::remember);
            range.clear();
        }

        private void remember(Bytes key, byte @Nullable [] value) {
            if (before != null) {
                before.putIfAbsent(key, Optional.ofNullable(value));
            }
        }
    }
}
