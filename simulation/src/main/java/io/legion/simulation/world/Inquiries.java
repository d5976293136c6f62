package io.legion.simulation.world;

import io.legion.core.shard.PartitionAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Every inquiry of a run, in the order of asking.
public final class Inquiries {
    private final List<List<Inquiry>> byShard = new ArrayList<>();
    private final Set<PartitionAddress> partitions = new LinkedHashSet<>();

    Inquiries(int shards) {
        for (int shard = 0; shard < shards; shard++) {
            byShard.add(new ArrayList<>());
        }
    }

    public void add(Inquiry inquiry) {
        byShard.get(inquiry.shard).add(inquiry);
        partitions.add(inquiry.address);
    }

    public int count() {
        return byShard.stream().mapToInt(List::size).sum();
    }

    public List<Inquiry> of(int shard) {
        return byShard.get(shard);
    }

    /// The partitions that callers asked for.
    public SortedSet<PartitionAddress> partitions() {
        return new TreeSet<>(partitions);
    }
}
