package io.legion.simulation.workload;

import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.Randomness;
import java.util.List;

/// What the clients of a run ask for.
public interface Workload {
    /// An event for a partition.
    record Wish(PartitionType<?> type, PartitionKey key, Event<?, ?> event) {
        public PartitionAddress address() {
            return new PartitionAddress(type.id(), key);
        }
    }

    List<PartitionType<?>> types();

    /// The next request.
    ///
    /// @param number counts the requests of the run
    Wish next(long number, Randomness random);
}
