package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.runtime.IndexPages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// I8: a search yields what is after its start, in order and each once, wherever it starts (R67). What there is to be
/// found is looked at by [IndexEqualsStates].
final class SearchYieldsEachOnce implements Checker.OfSearches {
    private final World world;

    /// Every key that any node ever had in its index.
    private final Set<Bytes> existed = new HashSet<>();

    SearchYieldsEachOnce(World world) {
        this.world = world;
    }

    @Override
    public void indexed(Bytes key) {
        existed.add(key);
    }

    /// While faults happen: every record is strictly greater than the one before, the first one than the start, and was
    /// in the index of some node at some time.
    @Override
    public void found(int type, SearchTag from, List<IndexRecord> records) {
        SearchTag last = from;
        for (IndexRecord found : records) {
            if (!last.isBefore(found)) {
                world.broken("SearchYieldsEachOnce", "a search yields " + found + " after " + last + ": " + records);
            }
            if (!existed.contains(IndexEqualsStates.key(new PartitionAddress(type, found.key()), found.tag()))) {
                world.broken("SearchYieldsEachOnce", "a search yields " + found + ", which never was");
            }
            last = SearchTag.after(found);
        }
    }

    @Override
    public void atRest() {
        var types = new TreeSet<Integer>();
        world.clients.inquiries().partitions().forEach(address -> types.add(address.type()));
        for (Machine machine : world.machines) {
            types.forEach(type -> check(machine, type));
        }
    }

    private void check(Machine machine, int type) {
        List<IndexRecord> all = search(machine, type, SearchTag.START);
        for (int i = 0; i < all.size(); i++) {
            SearchTag start = SearchTag.after(all.get(i));
            List<IndexRecord> after = all.subList(i + 1, all.size());
            List<IndexRecord> found = search(machine, type, start);
            if (!found.equals(after)) {
                world.broken(
                        "SearchYieldsEachOnce",
                        "a search on " + machine.name + " after " + start + " yields " + found + " instead of "
                                + after);
            }
            if (i > 0 && !SearchTag.after(all.get(i - 1)).isBefore(all.get(i))) {
                world.broken("SearchYieldsEachOnce", "a search on " + machine.name + " is not in order: " + all);
            }
        }
    }

    private static List<IndexRecord> search(Machine machine, int type, SearchTag from) {
        var found = new ArrayList<IndexRecord>();
        IndexPages.of(machine.disk, type, from).forEachRemaining(found::add);
        return found;
    }
}
