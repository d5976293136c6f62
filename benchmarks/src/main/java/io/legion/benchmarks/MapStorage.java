package io.legion.benchmarks;

import io.legion.core.Bytes;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.ShardStorage;
import io.legion.core.shard.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states of a replica that never restarts, in a map.
final class MapStorage implements ShardStorage {
    private final Map<PartitionAddress, Object> states = new HashMap<>();

    void apply(List<Write> writes) {
        for (Write write : writes) {
            if (write instanceof Write.PutState put) {
                states.put(put.address(), put.state());
            } else if (write instanceof Write.DropState drop) {
                states.remove(drop.address());
            }
        }
    }

    @Override
    public @Nullable Object state(PartitionAddress address) {
        return states.get(address);
    }

    @Override
    public void states(@Nullable PartitionAddress after, StateVisitor visitor) {
        throw new UnsupportedOperationException("nothing is copied in a benchmark");
    }

    @Override
    public void entries(EntryVisitor visitor) {}

    @Override
    public void records(Bytes prefix, RecordVisitor visitor) {}
}
