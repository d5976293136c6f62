package io.legion.simulation.checkers;

import io.legion.core.ParticipantId;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.callers.Clients;
import io.legion.simulation.world.Latest;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.List;

/// I2: after the last fault all participants reach the same epoch and infimum and an empty log, none is silent, no
/// other node has a copy, no salvage is left, and every caller has an answer.
public final class Convergence {
    private final World world;
    private final Clients clients;

    public Convergence(World world, Clients clients) {
        this.world = world;
        this.clients = clients;
    }

    public boolean isReached() {
        return missing().isEmpty();
    }

    public String whatIsMissing() {
        return String.join("; ", missing());
    }

    private List<String> missing() {
        var missing = new ArrayList<String>();
        if (clients.open() > 0) {
            missing.add(clients.open() + " callers wait still");
        }
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            missingOf(shard, missing);
        }
        world.machines.stream()
                .filter(machine -> machine.disk.savesRequests())
                .forEach(machine -> missing.add(machine.name + " has saved requests still"));
        return missing;
    }

    private void missingOf(int shard, List<String> missing) {
        Latest latest = world.latest(shard);
        if (latest.participants().size() < world.scene.nodes().replicas()) {
            missing.add("shard " + shard + " has only the participants " + latest.participants());
        }
        ReplicaStatus first = null;
        for (ParticipantId participant : latest.participants()) {
            Machine machine = world.machineOf(participant.node());
            ReplicaStatus status =
                    machine == null ? null : machine.status(shard).orElse(null);
            if (status == null || !isAtRest(status, latest) || (first != null && !isSame(first, status))) {
                missing.add((machine == null ? participant.toString() : machine.name) + " is not at rest: " + status);
            }
            first = first == null ? status : first;
        }
        for (Machine machine : world.machines) {
            if (machine.isHosted(shard) && !latest.has(machine.node())) {
                missing.add(machine.name + " has a copy still: "
                        + machine.status(shard).orElse(null));
            }
        }
    }

    private boolean isAtRest(ReplicaStatus status, Latest latest) {
        return status.phase() == ReplicaStatus.Phase.PARTICIPATING
                && status.epoch() == latest.epoch()
                && !status.frozen()
                && !status.returning()
                && status.fresh()
                && status.inTouch().size() == status.participants().size() - 1
                && status.silence() == null
                && status.outstanding() == 0
                && status.saved() == status.folded()
                && status.salvage().isEmpty()
                && status.indexing().isEmpty()
                && world.types.all().stream()
                        .allMatch(type -> type.version() == status.versions().getOrDefault(type.id(), 0));
    }

    private static boolean isSame(ReplicaStatus one, ReplicaStatus other) {
        return one.folded() == other.folded()
                && one.historyHash() == other.historyHash()
                && one.participants().equals(other.participants());
    }
}
