package io.legion.core.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a map, or the elements of a set, each owned, in the order of their bytes: see [Shape#own].
///
/// Most keys mostly were there before, and are in order then. So a change of one key in a large map compares a few
/// keys, where to sort all of them would mean to write all of them.
final class OwnKeys {
    /// With more new keys than this it is cheaper to write and sort all.
    private static final int FEW = 16;

    private OwnKeys() {}

    /// @param before keys that are owned and in order, perhaps none
    /// @param after keys from anyone
    static Object[] inOrder(Shape key, Collection<?> before, Collection<?> after, int levels) {
        Object[] keys = after.toArray();
        Object[] known = key.isPlain() ? amongKnown(key, before, after, keys) : null;
        if (known != null) {
            return known;
        }
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key.own(null, Shape.present(keys[i], "key or element"), levels - 1);
        }
        Integer[] order = KeyOrder.of(key, keys);
        return order == null
                ? keys
                : Arrays.stream(order).map(place -> keys[place]).toArray();
    }

    /// The keys in order, found from the order of those that were there before; null if too few were.
    private static Object @Nullable [] amongKnown(Shape key, Collection<?> before, Collection<?> after, Object[] keys) {
        if (keys.length - before.size() > FEW) {
            return null;
        }
        var ordered = new ArrayList<Object>(keys.length);
        before.stream().filter(after::contains).forEach(ordered::add);
        int added = keys.length - ordered.size();
        if (added > FEW) {
            return null;
        }
        for (int i = 0; i < keys.length && added > 0; i++) {
            if (!before.contains(Shape.present(keys[i], "key or element"))) {
                insert(key, ordered, keys[i]);
                added--;
            }
        }
        // Not so if the collection has an idea of its own of what is equal.
        return ordered.size() == keys.length ? ordered.toArray() : null;
    }

    private static void insert(Shape key, List<Object> ordered, Object added) {
        WireOutput scratch = new WireOutput();
        key.write(added, scratch);
        int end = scratch.size();
        int low = 0;
        int high = ordered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(key, ordered.get(middle), scratch, end)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        ordered.add(low, added);
    }

    /// Whether a key is before the one whose bytes are the first in the scratch output.
    private static boolean isBefore(Shape key, Object other, WireOutput scratch, int end) {
        scratch.truncate(end);
        key.write(other, scratch);
        byte[] bytes = scratch.buffer();
        return Arrays.compareUnsigned(bytes, end, scratch.size(), bytes, 0, end) < 0;
    }
}
