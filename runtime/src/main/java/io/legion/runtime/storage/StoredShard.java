package io.legion.runtime.storage;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ShardStorage;
import io.legion.core.shard.UnknownDataException;
import io.legion.core.shard.UnknownVersionException;
import io.legion.spi.Store;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one shard has in the store, states through the cache. It throws if it cannot read something, and never
/// reports that as absent (R65). The store vouches for its bytes: a state that the codec of the program cannot
/// read was written by another program, and is not damaged.
///
/// The cache holds what is in a batch before the batch is committed: nothing reads it in between, and if the
/// commit fails the shard stops.
public final class StoredShard implements ShardStorage {
    private final int shard;
    private final Store store;
    private final StateCache cache;
    private final PartitionTypes types;

    public StoredShard(int shard, Store store, StateCache cache, PartitionTypes types) {
        this.shard = shard;
        this.store = store;
        this.cache = cache;
        this.types = types;
    }

    @Override
    public @Nullable Object state(PartitionAddress address) {
        var cached = cache.find(address);
        return cached != null ? cached.state() : load(address);
    }

    private @Nullable Object load(PartitionAddress address) {
        byte[] bytes = store.get(ShardLayout.state(shard, address));
        if (bytes == null) {
            cache.putAbsent(address);
            return null;
        }
        var state = decoded(address, bytes);
        cache.put(address, state, bytes.length);
        return state;
    }

    private Object decoded(PartitionAddress address, byte[] bytes) {
        PartitionType<?> type = types.find(address.type());
        if (type == null) {
            String name = PartitionTypes.numbered(address.type());
            throw new UnknownVersionException(
                    name,
                    0,
                    "There is a state of partition " + address.key() + " of a type " + name
                            + ", which this program does not know. Nothing was changed. "
                            + "Open Legion with every partition type that was used before.");
        }
        try {
            return Objects.requireNonNull(type.stateCodec().decode(bytes), "the codec gave null");
        } catch (RuntimeException | LinkageError | AssertionError unreadable) {
            throw new UnknownDataException(
                    "The stored state of the partition " + address.key() + " of type '" + type.name()
                            + "' cannot be read: " + unreadable.getMessage()
                            + ". It was left as it is. Start a version of the program that can read it.",
                    unreadable);
        }
    }

    @Override
    public void states(@Nullable PartitionAddress after, StateVisitor visitor) {
        byte[] all = ShardLayout.begin('s', shard);
        byte[] from = after == null ? all : justAfter(ShardLayout.state(shard, after));
        store.scan(
                from,
                ShardLayout.after(all),
                (key, value) -> visitor.visit(ShardLayout.addressOfState(key), Bytes.wrap(value)));
    }

    @Override
    public void entries(EntryVisitor visitor) {
        byte[] all = ShardLayout.begin('e', shard);
        store.scan(all, ShardLayout.after(all), (_, value) -> {
            visitor.visit(Bytes.wrap(value));
            return true;
        });
    }

    @Override
    public void records(Bytes prefix, RecordVisitor visitor) {
        byte[] from = ShardLayout.record(shard, prefix);
        store.scan(from, ShardLayout.after(from), (key, value) -> {
            visitor.visit(ShardLayout.nameOfRecord(key), Bytes.wrap(value));
            return true;
        });
    }

    private static byte[] justAfter(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
