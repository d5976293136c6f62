package io.legion.simulation.checkers;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// I8: a search yields what is after its start, in order and each once, wherever it starts (R67).
/// [IndexEqualsStates] checks what there is to find.
final class SearchYieldsEachOnce implements Checker.OfSearches {
    private final World world;

    SearchYieldsEachOnce(World world) {
        this.world = world;
    }

    @Override
    public void asked(Machine machine, int type) {}

    /// While faults happen: every record is strictly greater than the one before, the first one than the start,
    /// and belongs to a partition that somebody asked for. [IndexEqualsStates] checks each node's own index.
    @Override
    public void yielded(int type, SearchTag from, List<IndexRecord> records) {
        SearchTag last = from;
        SortedSet<PartitionAddress> partitions = world.inquiries.partitions();
        for (IndexRecord found : records) {
            if (!last.isBefore(found)) {
                world.broken("SearchYieldsEachOnce", "a search yields " + found + " after " + last + ": " + records);
            }
            if (!partitions.contains(new PartitionAddress(type, found.key()))) {
                world.broken("SearchYieldsEachOnce", "a search yields " + found + ", which never was");
            }
            last = SearchTag.after(found);
        }
    }

    @Override
    public void atRest() {
        var types = new TreeSet<Integer>();
        world.inquiries.partitions().forEach(address -> types.add(address.type()));
        for (Machine machine : world.machines) {
            types.forEach(type -> check(machine, type));
        }
    }

    private void check(Machine machine, int type) {
        List<IndexRecord> all = machine.ownIndex(type);
        for (int i = 0; i < all.size(); i++) {
            SearchTag start = SearchTag.after(all.get(i));
            List<IndexRecord> after = all.subList(i + 1, all.size());
            int limit = 1 + i % 3;
            List<IndexRecord> expected = after.subList(0, Math.min(limit, after.size()));
            List<IndexRecord> found = machine.ownIndex(type, start, limit);
            if (!found.equals(expected)) {
                world.broken(
                        "SearchYieldsEachOnce",
                        "a search on " + machine.name + " after " + start + " yields " + found + " instead of "
                                + expected);
            }
            if (i > 0 && !SearchTag.after(all.get(i - 1)).isBefore(all.get(i))) {
                world.broken("SearchYieldsEachOnce", "a search on " + machine.name + " is not in order: " + all);
            }
        }
    }
}
