package io.legion.simulation.checkers;

import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.VersionBoundary;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.Histories;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.HashMap;
import java.util.Map;

/// I13: versions only rise, at a replica and along history, and no two replicas have another boundary of a version.
/// Then every event has one version everywhere. And none is of a version before the one that brought it.
final class OneVersion implements Checker.OfLooks {
    private record Place(int machine, int shard, int type) {}

    private final World world;
    private final Histories histories;
    private final Map<Place, Integer> active = new HashMap<>();

    OneVersion(World world, Histories histories) {
        this.world = world;
        this.histories = histories;
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        if (status.phase() != ReplicaStatus.Phase.PARTICIPATING) {
            return;
        }
        for (VersionBoundary boundary : status.boundaries()) {
            if (!world.boundaries(shard).add(boundary)) {
                world.broken(
                        "OneVersion",
                        machine.name + " has " + boundary + " in shard " + shard
                                + ", and another replica has another boundary or version there");
            }
        }
        status.versions().forEach((type, version) -> rises(machine, shard, type, version));
    }

    private void rises(Machine machine, int shard, int type, int version) {
        Integer before = active.put(new Place(machine.number, shard, type), version);
        if (before != null && before > version) {
            world.broken(
                    "OneVersion",
                    machine.name + " went back from version " + before + " to " + version + " of type "
                            + Integer.toHexString(type) + " in shard " + shard);
        }
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            for (Inquiry inquiry : world.inquiries.of(shard)) {
                Chronicle.Folded folded = histories.line(shard).of(inquiry);
                if (folded != null && inquiry.wish != null) {
                    requireKnown(shard, inquiry.wish, folded);
                }
            }
        }
    }

    private void requireKnown(int shard, Workload.Wish wish, Chronicle.Folded folded) {
        int version = world.boundaries(shard)
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
        active.keySet().removeIf(place -> place.machine == machine.number);
    }
}
