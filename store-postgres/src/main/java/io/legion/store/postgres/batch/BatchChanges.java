package io.legion.store.postgres.batch;

import io.legion.core.Bytes;
import io.legion.spi.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What some batches, one after the other, come to: ranges to delete, and then for each key its last change, in
/// the order of the keys.
public final class BatchChanges implements Batch.Visitor {

    /// Keys from `from` (inclusive) to `to` (exclusive).
    @SuppressWarnings("ArrayRecordComponent") // passed on at once
    public record Range(byte[] from, byte[] to) {}

    private final List<Range> ranges = new ArrayList<>();

    /// Null for a key to delete.
    private final TreeMap<byte[], byte @Nullable []> last = new TreeMap<>(Arrays::compareUnsigned);

    public BatchChanges add(Batch batch) {
        batch.forEach((Batch.Visitor) this);
        return this;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        last.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        last.put(key, null);
    }

    @Override
    public void deleteRange(byte[] first, byte[] end) {
        last.subMap(first, end).clear();
        ranges.add(new Range(first, end));
    }

    public List<Range> ranges() {
        return List.copyOf(ranges);
    }

    /// What comes after the ranges were deleted.
    public BatchChanges withoutRanges() {
        var rest = new BatchChanges();
        rest.last.putAll(last);
        return rest;
    }

    public byte[][] rangesFrom() {
        return ranges.stream().map(Range::from).toArray(byte[][]::new);
    }

    public byte[][] rangesTo() {
        return ranges.stream().map(Range::to).toArray(byte[][]::new);
    }

    public boolean hasRanges() {
        return !ranges.isEmpty();
    }

    /// The keys to delete.
    public byte[][] deleted() {
        return last.entrySet().stream()
                .filter(change -> change.getValue() == null)
                .map(Map.Entry::getKey)
                .toArray(byte[][]::new);
    }

    public byte[][] putKeys() {
        return last.entrySet().stream()
                .filter(change -> change.getValue() != null)
                .map(Map.Entry::getKey)
                .toArray(byte[][]::new);
    }

    /// In the order of [#putKeys()].
    public byte[][] putValues() {
        return last.values().stream().filter(value -> value != null).toArray(byte[][]::new);
    }

    /// All keys that are changed one by one.
    public List<Bytes> keys() {
        return last.keySet().stream().map(Bytes::wrap).toList();
    }
}
