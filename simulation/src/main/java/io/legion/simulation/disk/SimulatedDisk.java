package io.legion.simulation.disk;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.Randomness;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A store on a disk that can lose what was not forced, fill up, fail to be read, have damaged blocks, and be
/// replaced by an older copy of itself. It survives its machine, unless the fault is about that.
public final class SimulatedDisk implements Store {
    /// A write, and how to undo it.
    private record Unforced(Undo undo, Durability durability) {}

    /// A copy of everything at one moment.
    public record Copy(Content content, @Nullable StoreIdentity identity) {}

    /// What a full disk still takes.
    private static final int LITTLE = 100;

    /// The length of what the keys of a shard begin with: a kind, and the shard.
    private static final int HEAD = 3;

    private Content content = new Content();
    private final ArrayDeque<Unforced> unforced = new ArrayDeque<>();
    private @Nullable StoreIdentity identity;
    private boolean failed;
    private boolean complete = true;
    private WriteListener listener = (_, _) -> {};

    private Condition condition = Condition.SOUND;

    /// The shards of which little can be read.
    private final TreeSet<Integer> damaged = new TreeSet<>();

    /// How the disk works.
    public enum Condition {
        SOUND,
        /// It refuses all but the smallest writes, and says so: it has done nothing of them.
        FULL,
        /// The next writes fail. The first of them may have happened all the same.
        BROKEN,
        /// Every read fails.
        UNREADABLE
    }

    /// Hears of each key and value put.
    public interface WriteListener {
        void put(byte[] key, byte[] value);
    }

    /// From now on the disk works, or fails, like this.
    public void become(Condition next) {
        condition = next;
    }

    public boolean isFailing() {
        return condition != Condition.SOUND;
    }

    public boolean isFull() {
        return condition == Condition.FULL;
    }

    public boolean isUnreadable() {
        return condition == Condition.UNREADABLE;
    }

    /// The states of a shard cannot be read any more, nor its records, but for those that say which place it
    /// has and what it keeps as salvage. Its log can be read.
    public void damage(int shard) {
        damaged.add(shard);
    }

    public boolean isDamaged() {
        return !damaged.isEmpty();
    }

    public void listen(WriteListener next) {
        listener = next;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        requireReadable();
        requireSound(key);
        return content.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        requireReadable();
        if (damaged.isEmpty()) {
            content.scan(from, to, visitor);
            return;
        }
        content.scan(from, to, (key, value) -> {
            requireSound(key);
            return visitor.visit(key, value);
        });
    }

    private void requireSound(byte[] key) {
        if (!damaged.isEmpty() && isOfDamaged(key)) {
            throw new StoreException("The simulated disk has a damaged block.");
        }
    }

    private boolean isOfDamaged(byte[] key) {
        boolean record = key[0] == 'r' && key[HEAD] != 'E' && key[HEAD] != 'S';
        return (record || key[0] == 's') && damaged.contains(shardOf(key));
    }

    private static int shardOf(byte[] key) {
        return Short.toUnsignedInt(ByteBuffer.wrap(key).getShort(1));
    }

    private void requireReadable() {
        if (isUnreadable()) {
            throw new StoreException("The simulated disk cannot be read.");
        }
    }

    @Override
    public void write(Batch batch, Durability durability) {
        if (failed || condition == Condition.BROKEN) {
            fail(batch, durability);
        }
        if (condition == Condition.FULL && batch.size() > LITTLE) {
            throw new StoreException.Full("The simulated disk is full.");
        }
        apply(batch, durability);
    }

    private void fail(Batch batch, Durability durability) {
        boolean first = !failed;
        failed = true;
        if (first && batch.count() % 2 == 0) {
            apply(batch, durability);
        }
        throw new StoreException("The simulated disk takes no more writes.");
    }

    /// A write that fails may be there all the same, and what it folded is history.
    private void apply(Batch batch, Durability durability) {
        if (durability == Durability.FORCED) {
            unforced.clear();
            batch.forEach(new Changing(null));
        } else {
            var undo = new Undo();
            batch.forEach(new Changing(undo));
            unforced.addLast(new Unforced(undo, durability));
        }
    }

    /// The process died, or the machine with it: the last few writes that were not safe from that are gone.
    ///
    /// @param safe the weakest durability that is safe from it: handed over to the system from a
    ///     kill, forced from a power failure
    /// @param kept draws how many of the unsafe writes are there all the same
    public void crash(Durability safe, Randomness kept) {
        int lose = unforced.isEmpty() ? 0 : kept.below(unforced.size() + 1);
        if (unforced.stream().anyMatch(write -> !write.durability.covers(safe))) {
            complete = false;
            for (; lose > 0; lose--) {
                unforced.removeLast().undo.on(content);
            }
        }
        if (safe == Durability.FORCED) {
            unforced.clear();
        }
        failed = false;
    }

    /// What a backup program would keep.
    public Copy copy() {
        return new Copy(content.copy(), identity);
    }

    /// Puts an old copy in this disk's place.
    public void restore(Copy copy) {
        content = copy.content.copy();
        identity = copy.identity;
        unforced.clear();
        damaged.clear();
        failed = false;
    }

    /// Puts a new disk in this one's place.
    void replace() {
        content = new Content();
        unforced.clear();
        damaged.clear();
        identity = null;
        complete = true;
        failed = false;
        condition = Condition.SOUND;
    }

    /// Begins a new life of the store under this id (R1), with nothing in it.
    public void found(NodeId node, int shards) {
        replace();
        identity = new StoreIdentity(new UUID(0, 1), "simulated", node, 1, shards, new TreeMap<>());
    }

    /// True if there is a replica of this shard.
    public boolean holds(int shard) {
        return content.get(new byte[] {'r', (byte) (shard >>> 8), (byte) shard, 'E'}) != null;
    }

    /// True if there are requests of copies that were dropped (R76).
    public boolean savesRequests() {
        byte[] prefix = "nsaved.".getBytes(StandardCharsets.US_ASCII);
        byte[] end = "nsaved/".getBytes(StandardCharsets.US_ASCII);
        boolean[] found = {false};
        content.scan(prefix, end, (_, _) -> {
            found[0] = true;
            return false;
        });
        return found[0];
    }

    /// The entries of the log of a shard.
    public List<byte[]> entries(int shard) {
        byte high = (byte) (shard >>> 8);
        byte low = (byte) shard;
        var entries = new ArrayList<byte[]>();
        content.scan(new byte[] {'e', high, low}, new byte[] {'e', high, (byte) (low + 1)}, (_, value) -> {
            entries.add(value);
            return true;
        });
        return entries;
    }

    /// The encoded state of a partition; null if there is none.
    public byte @Nullable [] state(int shard, PartitionAddress address) {
        byte[] key = address.key().bytes().toArray();
        return content.get(ByteBuffer.allocate(7 + key.length)
                .put((byte) 's')
                .putShort((short) shard)
                .putInt(address.type())
                .put(key)
                .array());
    }

    /// The keys of the whole index.
    public SortedSet<Bytes> index() {
        var keys = new TreeSet<Bytes>();
        content.scan(new byte[] {'i'}, new byte[] {'i' + 1}, (key, _) -> keys.add(Bytes.wrap(key)));
        return keys;
    }

    /// The disk has room again and can be read. If it was more than full, its user must open it again.
    public void repair() {
        condition = Condition.SOUND;
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

    /// Applies changes and tells the listener; remembers the values before, if somebody may want them back.
    private final class Changing implements Batch.Visitor {
        private final @Nullable Undo undo;

        Changing(@Nullable Undo undo) {
            this.undo = undo;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            listener.put(key, value);
            remember(key, content.put(key, value));
        }

        @Override
        public void delete(byte[] key) {
            remember(key, content.remove(key));
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            if (undo != null) {
                content.scan(from, to, (key, value) -> {
                    remember(key, value);
                    return true;
                });
            }
            content.removeRange(from, to);
            if (from.length == HEAD && from[0] == 's') {
                damaged.remove(shardOf(from));
            }
        }

        private void remember(byte[] key, byte @Nullable [] before) {
            if (undo != null) {
                undo.replaced(key, before);
            }
        }
    }
}
