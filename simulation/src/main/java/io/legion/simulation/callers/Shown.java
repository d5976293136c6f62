package io.legion.simulation.callers;

import io.legion.core.shard.PartitionAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The numbers of ledgers that somebody knows to be written, by partition.
final class Shown {
    private final Map<PartitionAddress, Set<Long>> numbers = new HashMap<>();

    void add(PartitionAddress address, long number) {
        numbers.computeIfAbsent(address, _ -> new LinkedHashSet<>()).add(number);
    }

    List<Long> of(PartitionAddress address) {
        return List.copyOf(numbers.getOrDefault(address, Set.of()));
    }
}
