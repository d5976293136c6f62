package io.legion.core.shard;

import io.legion.core.PartitionKey;

/// A partition among all of a cluster: its type's number ([io.legion.core.PartitionType#id()]) and its key.
public record PartitionAddress(int type, PartitionKey key) implements Comparable<PartitionAddress> {
    @Override
    public int compareTo(PartitionAddress other) {
        int byType = Integer.compareUnsigned(type, other.type);
        return byType != 0 ? byType : key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionAddress that && type == that.type && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode() * 31 + type;
    }

    /// The hash of the address with this type and the key at this place.
    static int hash(int type, byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash * 31 + type;
    }
}
