package io.legion.simulation.world;

import io.legion.core.shard.VersionBoundary;
import java.util.SortedMap;
import java.util.TreeMap;

/// From when on each version of a type was active in a shard, as its replicas said (R80).
public final class Boundaries {
    /// By type, then by the time of the boundary.
    private final TreeMap<Integer, TreeMap<Long, Integer>> types = new TreeMap<>();

    /// Takes in what a replica says.
    ///
    /// @return false if another one said otherwise
    public boolean add(VersionBoundary boundary) {
        var ofType = types.computeIfAbsent(boundary.type(), _ -> new TreeMap<>());
        Integer known = ofType.putIfAbsent(boundary.time(), boundary.version());
        return (known == null || known == boundary.version()) && isRising(ofType);
    }

    private static boolean isRising(SortedMap<Long, Integer> ofType) {
        int last = 0;
        for (int version : ofType.values()) {
            if (version <= last) {
                return false;
            }
            last = version;
        }
        return true;
    }

    /// The version under which an event of this time is applied.
    ///
    /// @param newest where nothing is known, as if the type had never had another one
    public int version(int type, long time, int newest) {
        var ofType = types.get(type);
        var before = ofType == null ? null : ofType.lowerEntry(time);
        return before == null ? newest : before.getValue();
    }
}
