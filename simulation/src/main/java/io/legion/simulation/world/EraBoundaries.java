package io.legion.simulation.world;

import io.legion.core.shard.VersionBoundary;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// From when on each version was active in each era of a shard: what an era raises after another one has parted from it
/// is its own (R86).
public final class EraBoundaries {
    private final TreeMap<Long, Boundaries> byEra = new TreeMap<>();

    EraBoundaries() {
        byEra.put(0L, new Boundaries());
    }

    /// Those of an era that has begun.
    public Boundaries of(long era) {
        return Objects.requireNonNull(byEra.get(era), "the era has begun");
    }

    public boolean hasBegun(long era) {
        return byEra.containsKey(era);
    }

    /// An era begins.
    ///
    /// @param before the era that ended by that
    /// @param had the boundaries of the replica that forced it, in the epoch that ended
    public void begin(long era, long before, List<VersionBoundary> had) {
        byEra.put(era, of(before).upTo(had));
    }

    /// The highest version of a type that was ever active, in whatever era.
    ///
    /// @param newest where nothing is known
    int highest(int type, int newest) {
        return byEra.values().stream()
                .mapToInt(ofEra -> ofEra.version(type, Long.MAX_VALUE, newest))
                .max()
                .orElse(newest);
    }
}
