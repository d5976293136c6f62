package io.legion.core.shard;

import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The records by which the index of a replica's projected states differs from the one in its store, which is
/// that of the stored states (R66). A search adds the records added here, and leaves out the dropped ones.
///
/// Owned by the replica; its content holds until the replica's next input.
public final class UnstoredTags {
    /// No key is before this one.
    private static final PartitionKey LEAST_KEY = PartitionKey.of(new byte[1]);

    private final TreeMap<Integer, NavigableSet<IndexRecord>> added = new TreeMap<>();
    private final TreeMap<Integer, NavigableSet<IndexRecord>> dropped = new TreeMap<>();

    UnstoredTags() {}

    /// The records of a type, strictly greater than a search tag, that the stored index does not have, in order.
    public SortedSet<IndexRecord> added(int type, SearchTag from) {
        var ofType = added.get(type);
        if (ofType == null) {
            return Collections.emptySortedSet();
        }
        return from.key().isPresent()
                ? ofType.tailSet(new IndexRecord(from.tag(), from.key().get()), false)
                : ofType.tailSet(new IndexRecord(from.tag(), LEAST_KEY), true);
    }

    /// True if the stored index has this record, and the projected states do not.
    public boolean isDropped(int type, IndexRecord record) {
        var ofType = dropped.get(type);
        return ofType != null && ofType.contains(record);
    }

    /// A partition's projected tags were `before` and are `after`.
    ///
    /// @param stored the tags that the store has for it
    void change(PartitionAddress address, SortedSet<Tag> stored, SortedSet<Tag> before, SortedSet<Tag> after) {
        put(address, stored, before, false);
        put(address, stored, after, true);
    }

    private void put(PartitionAddress address, SortedSet<Tag> stored, SortedSet<Tag> projected, boolean present) {
        put(added, address, projected, stored, present);
        put(dropped, address, stored, projected, present);
    }

    private static void put(
            Map<Integer, NavigableSet<IndexRecord>> records,
            PartitionAddress address,
            SortedSet<Tag> these,
            SortedSet<Tag> butNotThose,
            boolean present) {
        for (Tag tag : these) {
            if (!butNotThose.contains(tag)) {
                var ofType = records.computeIfAbsent(address.type(), _ -> new TreeSet<>());
                var indexed = new IndexRecord(tag, address.key());
                if (present) {
                    ofType.add(indexed);
                } else {
                    ofType.remove(indexed);
                }
            }
        }
    }

    void clear() {
        added.clear();
        dropped.clear();
    }
}
