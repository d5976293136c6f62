package io.legion.core.shard;

import io.legion.core.PartitionType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The partition types of a release of the service, by their numbers.
public final class PartitionTypes {
    /// R84: what a caller hears of a partition whose type this release does not have.
    static final String LACKING = "this node's release of the service does not have the partition's type. Nothing was"
            + " changed. Ask another participant, or bring the release that has the type to all nodes";

    /// In ascending order; `types` has each number's type at the same place.
    private final int[] ids;

    private final PartitionType<?>[] types;
    private final String release;

    /// Those of a release that has no name.
    ///
    /// @throws IllegalArgumentException if two types have one name or, by bad luck, one number
    public PartitionTypes(Collection<? extends PartitionType<?>> types) {
        this(types, "");
    }

    /// @param release what people call the release; empty if it has no name
    /// @throws IllegalArgumentException if two types have one name or, by bad luck, one number; or if one has parts
    ///     of a later version than its own
    public PartitionTypes(Collection<? extends PartitionType<?>> types, String release) {
        types.forEach(PartitionType::requireVersion);
        this.release = release;
        this.types = types.stream()
                .sorted(Comparator.comparingInt(PartitionType::id))
                .toArray(PartitionType<?>[]::new);
        this.ids = Arrays.stream(this.types).mapToInt(PartitionType::id).toArray();
        for (int i = 1; i < ids.length; i++) {
            if (ids[i - 1] == ids[i]) {
                throw new IllegalArgumentException(twice(this.types[i - 1].name(), this.types[i].name()));
            }
        }
    }

    private static String twice(String name, String other) {
        return name.equals(other)
                ? "two partition types are named '" + name + "'; give one of them another name"
                : "the names of the partition types '" + name + "' and '" + other
                        + "' have one hash; give one of them another name";
    }

    /// What people call the release; empty if it has no name.
    public String release() {
        return release;
    }

    /// All of them, in the order of their numbers.
    public List<PartitionType<?>> all() {
        return List.of(types);
    }

    /// The type with this number, or null if there is none.
    public @Nullable PartitionType<?> find(int id) {
        int place = Arrays.binarySearch(ids, id);
        return place < 0 ? null : types[place];
    }

    /// The type with this number.
    ///
    /// @throws UnknownVersionException if this service has no such type, and so cannot read its states
    public PartitionType<?> require(int id) {
        PartitionType<?> type = find(id);
        if (type == null) {
            throw unknown(id, 0);
        }
        return type;
    }

    /// What people call a type whose name is not known.
    public static String numbered(int id) {
        return "with the number " + Integer.toHexString(id);
    }

    /// @param version the one that is active; 0 if nothing tells it
    static UnknownVersionException unknown(int id, int version) {
        return new UnknownVersionException(
                numbered(id),
                version,
                "the store or another node has partitions of a type " + numbered(id)
                        + ", which this service does not have; start a release that has it.");
    }
}
