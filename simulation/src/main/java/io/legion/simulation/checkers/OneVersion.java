package io.legion.simulation.checkers;

import io.legion.core.primitive.Epoch;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.VersionBoundary;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.history.Histories;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.EraBoundaries;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// I13: versions only rise, at a replica and along the history of an era, and no two replicas of an era have another
/// boundary of a version. Then every event has one version everywhere in an era. A forced change leaves the versions as
/// they are. And no event is of a version before the one that brought it.
final class OneVersion implements Checker.OfLooks {
    private record Place(int machine, int shard) {}

    /// What a replica had when it was last seen to take part.
    ///
    /// @param copied true if its machine has begun another copy since, perhaps of another era, which raised less
    private record Last(long era, List<VersionBoundary> boundaries, boolean copied) {
        Last afterCopy() {
            return new Last(era, boundaries, true);
        }

        /// True if a replica of an era goes on from these versions.
        boolean goesOnIn(long other) {
            return era == other || !copied;
        }
    }

    private final World world;
    private final Histories histories;
    private final Map<Place, Last> seen = new HashMap<>();

    OneVersion(World world, Histories histories) {
        this.world = world;
        this.histories = histories;
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        var place = new Place(machine.number, shard);
        Last last = seen.get(place);
        switch (status.phase()) {
            case COPYING -> seen.computeIfPresent(place, (_, before) -> before.afterCopy());
            case PARTICIPATING -> {
                takesPart(machine, shard, status, last);
                seen.put(place, new Last(Epoch.era(status.epoch()), status.boundaries(), false));
            }
            case REMOVED, DIVERGED, GONE, OVERRULED, OLD_COPY -> {}
        }
    }

    private void takesPart(Machine machine, int shard, ReplicaStatus status, @Nullable Last last) {
        long era = Epoch.era(status.epoch());
        EraBoundaries eras = world.boundaries(shard);
        if (!eras.hasBegun(era) && last != null) {
            eras.begin(era, last.era, last.boundaries);
        }
        for (VersionBoundary boundary : status.boundaries()) {
            if (!eras.of(era).add(boundary)) {
                broken(machine, shard, "has " + boundary + ", and another replica another boundary or version there");
            }
        }
        if (last != null && last.goesOnIn(era)) {
            goesOn(machine, shard, status, last);
        }
    }

    private void goesOn(Machine machine, int shard, ReplicaStatus status, Last last) {
        boolean forced = Epoch.era(status.epoch()) != last.era && Epoch.number(status.epoch()) == 0;
        if (forced && !status.boundaries().equals(last.boundaries)) {
            broken(
                    machine,
                    shard,
                    "had " + last.boundaries + " before a forced change, and has " + status.boundaries() + " after it");
        }
        SortedMap<Integer, Integer> now = active(status.boundaries());
        active(last.boundaries).forEach((type, before) -> {
            int version = now.getOrDefault(type, 0);
            if (version < before) {
                broken(
                        machine,
                        shard,
                        "went back from version " + before + " to " + version + " of type "
                                + Integer.toHexString(type));
            }
        });
    }

    private static SortedMap<Integer, Integer> active(List<VersionBoundary> boundaries) {
        var active = new TreeMap<Integer, Integer>();
        boundaries.forEach(boundary -> active.merge(boundary.type(), boundary.version(), Math::max));
        return active;
    }

    private void broken(Machine machine, int shard, String what) {
        world.broken("OneVersion", machine.name + " " + what + ", in shard " + shard);
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            requireKnown(shard, histories.line(shard));
            for (EraHistory line : histories.overruled(shard)) {
                requireKnown(shard, line);
            }
        }
    }

    private void requireKnown(int shard, EraHistory line) {
        for (Inquiry inquiry : world.inquiries.of(shard)) {
            Chronicle.Folded folded = line.of(inquiry);
            if (folded != null && inquiry.wish != null) {
                requireKnown(shard, line, inquiry.wish, folded);
            }
        }
    }

    private void requireKnown(int shard, EraHistory line, Workload.Wish wish, Chronicle.Folded folded) {
        int version = histories
                .boundaries(shard, line)
                .version(wish.type().id(), folded.event().time(), wish.type().version());
        if (version < wish.version()) {
            world.broken(
                    "OneVersion",
                    wish.event() + " of version " + wish.version() + " was folded as " + folded.event()
                            + " under version " + version);
        }
    }

    @Override
    public void restored(Machine machine) {
        seen.keySet().removeIf(place -> place.machine == machine.number);
    }
}
