package io.legion.core.shard;

import io.legion.core.PartitionType;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The partition types of a cluster by their numbers.
public final class PartitionTypes {
    private final TreeMap<Integer, PartitionType<?>> byId = new TreeMap<>();

    /// @throws IllegalArgumentException if two types have one name or, by bad luck, one number
    public PartitionTypes(Collection<? extends PartitionType<?>> types) {
        for (PartitionType<?> type : types) {
            PartitionType<?> other = byId.put(type.id(), type);
            if (other != null) {
                throw new IllegalArgumentException("the partition types '" + other.name() + "' and '" + type.name()
                        + "' have one number; give one of them another name");
            }
        }
    }

    /// The type with this number, or null if there is none.
    public @Nullable PartitionType<?> find(int id) {
        return byId.get(id);
    }

    /// The type with this number.
    ///
    /// @throws IllegalStateException if this service has no such type; state of it can then not be read here
    public PartitionType<?> require(int id) {
        PartitionType<?> type = byId.get(id);
        if (type == null) {
            throw new IllegalStateException("the store or another node has partitions of a type with the number "
                    + Integer.toHexString(id) + ", which this service does not have; start a release that has it");
        }
        return type;
    }
}
