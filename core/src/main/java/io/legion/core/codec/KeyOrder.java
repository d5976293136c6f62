package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The one order of a set's elements or a map's entries in bytes: ascending by the key's unsigned bytes.
///
/// Entries that come in this order, as those of a decoded collection do, cost one comparison each.
final class KeyOrder {
    private final WireOutput out;
    private final int[] starts;
    private final int[] keyEnds;
    private int count;
    private boolean ascending = true;

    KeyOrder(WireOutput out, int entries) {
        this.out = out;
        this.starts = new int[entries + 1];
        this.keyEnds = new int[entries];
    }

    /// Says that the key of the next entry was written from `start` to the present end of the output.
    void key(int start) {
        requireRoom();
        starts[count] = start;
        keyEnds[count] = out.size();
        ascending = ascending && (count == 0 || compare(count - 1, count) < 0);
        count++;
    }

    private void requireRoom() {
        if (count == keyEnds.length) {
            throw new CodecException("a collection that grew while it was written");
        }
    }

    /// The indices of the entries in order, or null when they were written in order.
    Integer @Nullable [] sorted() {
        if (count != keyEnds.length) {
            throw new CodecException("a collection that shrank while it was written");
        }
        if (ascending) {
            return null;
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, this::compare);
        for (int i = 1; i < count; i++) {
            if (compare(order[i - 1], order[i]) == 0) {
                throw new CodecException("two keys or elements with the same bytes");
            }
        }
        return order;
    }

    /// Puts the entries, which end where the output ends, in order.
    void settle() {
        Integer[] order = sorted();
        if (order == null) {
            return;
        }
        int first = starts[0];
        starts[count] = out.size();
        byte[] unsorted = Arrays.copyOfRange(out.buffer(), first, out.size());
        int at = first;
        for (int i : order) {
            int length = starts[i + 1] - starts[i];
            System.arraycopy(unsorted, starts[i] - first, out.buffer(), at, length);
            at += length;
        }
    }

    private int compare(int left, int right) {
        byte[] bytes = out.buffer();
        return Arrays.compareUnsigned(bytes, starts[left], keyEnds[left], bytes, starts[right], keyEnds[right]);
    }

    /// Refuses entries that are not in order, and so also keys that are there twice.
    static void requireAscending(WireInput in, int previousStart, int previousEnd, int start) {
        byte[] bytes = in.array();
        if (Arrays.compareUnsigned(bytes, previousStart, previousEnd, bytes, start, in.position()) >= 0) {
            throw new CodecException("keys or elements that are not in ascending order of their bytes");
        }
    }

    /// The order of the keys today, or null when they are in it: an older version may have sorted other bytes.
    static Integer @Nullable [] today(Shape key, Object[] keys) {
        return key.evolves() ? of(key, keys) : null;
    }

    /// The order of these keys, or null when they are in it.
    static Integer @Nullable [] of(Shape key, Object[] keys) {
        WireOutput scratch = new WireOutput();
        KeyOrder order = new KeyOrder(scratch, keys.length);
        for (Object each : keys) {
            int start = scratch.size();
            key.write(each, scratch);
            order.key(start);
        }
        return order.sorted();
    }
}
