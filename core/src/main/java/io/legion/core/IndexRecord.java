package io.legion.core;

/// One entry of the index: the partition `key` has the tag `tag`. Ordered by tag, then key.
public record IndexRecord(Tag tag, PartitionKey key) implements Comparable<IndexRecord> {
    @Override
    public int compareTo(IndexRecord other) {
        int byTag = tag.compareTo(other.tag);
        return byTag != 0 ? byTag : key.compareTo(other.key);
    }
}
