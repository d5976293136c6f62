package io.legion.simulation.world;

import io.legion.core.shard.VersionBoundary;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// From when on each version of a type was active in one era of a shard, as its replicas said (R80).
public final class Boundaries {
    /// By type and version, the time after which it is active. A version that no event met ends where it began.
    private final TreeMap<Integer, TreeMap<Integer, Long>> types = new TreeMap<>();

    /// Takes in what a replica says.
    ///
    /// @return false if another one said otherwise
    public boolean add(VersionBoundary boundary) {
        var ofType = types.computeIfAbsent(boundary.type(), _ -> new TreeMap<>());
        Long known = ofType.putIfAbsent(boundary.version(), boundary.time());
        return (known == null || known == boundary.time()) && isRising(ofType);
    }

    private static boolean isRising(SortedMap<Integer, Long> ofType) {
        long last = Long.MIN_VALUE;
        for (long time : ofType.values()) {
            if (time < last) {
                return false;
            }
            last = time;
        }
        return true;
    }

    /// These, up to the last ones that a replica had (R86).
    Boundaries upTo(List<VersionBoundary> had) {
        var copy = new Boundaries();
        types.forEach((type, ofType) -> had.stream()
                .filter(boundary -> boundary.type() == type)
                .mapToInt(VersionBoundary::version)
                .max()
                .ifPresent(last -> copy.types.put(type, new TreeMap<>(ofType.headMap(last, true)))));
        return copy;
    }

    /// The version under which an event of this time is applied.
    ///
    /// @param newest where nothing is known, as if the type had never had another one
    public int version(int type, long time, int newest) {
        var ofType = types.getOrDefault(type, new TreeMap<>());
        for (int version : ofType.descendingKeySet()) {
            if (ofType.getOrDefault(version, Long.MAX_VALUE) < time) {
                return version;
            }
        }
        return newest;
    }
}
