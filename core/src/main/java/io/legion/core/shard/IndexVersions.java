package io.legion.core.shard;

import io.legion.core.PartitionType;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// R89: the versions by which the index function gave the tags in this replica's store, of each type. It is the active
/// version alone, except for a while after that was raised: each replica computes the tags anew by itself.
final class IndexVersions {
    private final PartitionTypes types;
    private final VersionTable active;
    private final TypeMap<SortedSet<Integer>> versions = new TypeMap<>();

    IndexVersions(PartitionTypes types, VersionTable active) {
        this.types = types;
        this.active = active;
    }

    /// The version by which tags are computed now: the active one, or the newest while this replica does not know
    /// yet which one is active.
    int present(PartitionType<?> type) {
        int known = active.active(type.id());
        return known == 0 ? type.version() : known;
    }

    /// The versions by which the stored tags of a partition may have been computed.
    SortedSet<Integer> stored(PartitionType<?> type) {
        SortedSet<Integer> known = versions.get(type.id());
        if (known == null) {
            known = only(present(type));
            versions.put(type.id(), known);
        }
        return known;
    }

    /// Whether all stored tags are of the active version.
    boolean isComplete(PartitionType<?> type) {
        SortedSet<Integer> stored = stored(type);
        return stored.size() == 1 && stored.first() == present(type);
    }

    /// The store has no tags: those to come are of the newest version, or of the one that is active.
    void begin() {
        types.all().forEach(this::completed);
    }

    /// A store from before there were versions.
    void withoutVersions() {
        types.all().forEach(type -> versions.put(type.id(), only(PartitionType.FIRST_VERSION)));
    }

    /// The active version is another one now: states that change have its tags, all others those from before.
    void raised(PartitionType<?> type) {
        stored(type).add(present(type));
    }

    /// All stored tags are those of the active version.
    void completed(PartitionType<?> type) {
        versions.put(type.id(), only(present(type)));
    }

    private static SortedSet<Integer> only(int version) {
        var one = new TreeSet<Integer>();
        one.add(version);
        return one;
    }

    void write(WireOutput out) {
        out.varLong(versions.size());
        versions.forEach((those, type) -> {
            out.fixed32(type);
            out.list(List.copyOf(those), (o, version) -> o.varLong(version));
        });
    }

    void read(WireInput in) {
        versions.clear();
        for (int left = in.count(5); left > 0; left--) {
            int type = in.fixed32();
            var those = new TreeSet<Integer>();
            in.list(WireInput::varLong).forEach(version -> those.add(Math.toIntExact(version)));
            versions.put(type, those);
        }
    }
}
