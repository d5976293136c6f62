package io.legion.core.shard;

import io.legion.core.PartitionType;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// R80: under which version of its type each event of the shard is applied. Part of the epoch: all its participants
/// have the same table.
final class VersionTable {
    /// The boundaries of one type, in ascending order.
    static final class OfType {
        private int[] versions = {};
        private long[] times = {};

        // The last boundary, as most events are later: an event reads this object only.
        private int latestVersion;
        private long latestTime = Long.MIN_VALUE;

        /// The version of an event of this time; 0 if the shard did not have the type then.
        int at(long time) {
            return time > latestTime ? latestVersion : before(time);
        }

        private int before(long time) {
            for (int i = times.length - 1; i >= 0; i--) {
                if (times[i] < time) {
                    return versions[i];
                }
            }
            return 0;
        }

        /// The version of the events that come now; 0 if the shard does not have the type yet.
        int active() {
            return latestVersion;
        }

        private void add(int version, long time) {
            versions = Arrays.copyOf(versions, versions.length + 1);
            times = Arrays.copyOf(times, times.length + 1);
            versions[versions.length - 1] = version;
            times[times.length - 1] = time;
            latestVersion = version;
            latestTime = time;
        }

        private void forgetBefore(long time) {
            int first = 0;
            while (first + 1 < times.length && times[first + 1] < time) {
                first++;
            }
            versions = Arrays.copyOfRange(versions, first, versions.length);
            times = Arrays.copyOfRange(times, first, times.length);
        }

        private void clear() {
            versions = new int[0];
            times = new long[0];
            latestVersion = 0;
            latestTime = Long.MIN_VALUE;
        }
    }

    /// All events of a shard are later.
    private static final long BEGINNING = 0;

    private final TypeMap<OfType> types = new TypeMap<>();

    /// The boundaries of a type; the object stays the one of this type.
    OfType of(int type) {
        OfType known = types.get(type);
        if (known == null) {
            known = new OfType();
            types.put(type, known);
        }
        return known;
    }

    int active(int type) {
        return of(type).active();
    }

    /// R80: a new shard begins with the versions of who founds it.
    void found(PartitionTypes known) {
        known.all().forEach(type -> of(type.id()).add(type.version(), BEGINNING));
    }

    /// A store from before there were versions: all its types were at the first one.
    void foundWithoutVersions(PartitionTypes known) {
        known.all().forEach(type -> of(type.id()).add(PartitionType.FIRST_VERSION, BEGINNING));
    }

    void raise(VersionBoundary raised) {
        of(raised.type()).add(raised.version(), raised.time());
    }

    /// The highest boundary (R83).
    long latest() {
        return boundaries().stream().mapToLong(VersionBoundary::time).max().orElse(BEGINNING);
    }

    /// R85: forgets the versions under which nothing is applied any more.
    ///
    /// @param time of the last folded event, as the store has it
    void forgetBefore(long time) {
        types.forEach((type, _) -> type.forgetBefore(time));
    }

    /// R87: the first version that this release cannot run, though the shard needs it; null if there is none.
    ///
    /// @param time of the last folded event: what is applied from now on is later
    @Nullable
    VersionBoundary lacking(PartitionTypes known, long time) {
        for (VersionBoundary boundary : boundaries()) {
            PartitionType<?> type = known.find(boundary.type());
            if (isNeeded(boundary, time) && (type == null || !type.runs(boundary.version()))) {
                return boundary;
            }
        }
        return null;
    }

    static UnknownVersionException unknown(PartitionTypes known, VersionBoundary lacking) {
        PartitionType<?> type = known.find(lacking.type());
        if (type == null) {
            return PartitionTypes.unknown(lacking.type(), lacking.version());
        }
        String name = "'" + type.name() + "'";
        return new UnknownVersionException(
                name,
                lacking.version(),
                "version " + lacking.version() + " of the type "
                        + name + " is part of the shard's history, and this release of the service runs "
                        + runs(type.minimumVersion(), type.version())
                        + ". Start a release on this node that runs version "
                        + lacking.version() + "; nothing is lost meanwhile, and the other nodes go on.");
    }

    private static String runs(int least, int most) {
        return least == most ? "version " + most + " only" : "the versions " + least + " to " + most;
    }

    List<VersionBoundary> boundaries() {
        var all = new ArrayList<VersionBoundary>();
        types.forEach((type, id) -> {
            for (int i = 0; i < type.versions.length; i++) {
                all.add(new VersionBoundary(id, type.versions[i], type.times[i]));
            }
        });
        return all;
    }

    void write(WireOutput out) {
        out.list(boundaries(), VersionBoundary::write);
    }

    /// R85: what a copy needs of it.
    ///
    /// @param time of the last event that has folded in the copy
    void writeSince(WireOutput out, long time) {
        out.list(
                boundaries().stream()
                        .filter(boundary -> isNeeded(boundary, time))
                        .toList(),
                VersionBoundary::write);
    }

    /// Whether an event later than this time may be applied under it.
    private boolean isNeeded(VersionBoundary boundary, long time) {
        return of(boundary.type()).at(time + 1) <= boundary.version();
    }

    /// Knows no version any more.
    void clear() {
        types.forEach((type, _) -> type.clear());
    }

    boolean isEmpty() {
        return boundaries().isEmpty();
    }

    void read(WireInput in) {
        clear();
        in.list(VersionBoundary::read).forEach(this::raise);
    }
}
