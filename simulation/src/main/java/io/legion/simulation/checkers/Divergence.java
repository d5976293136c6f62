package io.legion.simulation.checkers;

import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.simulation.history.Histories;
import io.legion.simulation.history.Replay;
import io.legion.simulation.purity.Shown;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where two replicas with equal history differ, for the message: the first partition whose states are not the same,
/// and the event that came last there. Both replicas may have gone on since.
final class Divergence {
    private final World world;
    private final Histories histories;

    Divergence(World world, Histories histories) {
        this.world = world;
        this.histories = histories;
    }

    /// A sentence to go on with; empty if no state differs any more.
    String between(Machine one, Machine other, int shard) {
        for (PartitionAddress address : world.inquiries.partitions()) {
            if (Shards.of(address, world.scene.nodes().shards()) == shard) {
                Object left = state(one, address);
                Object right = state(other, address);
                if (left != null && right != null && !left.toString().equals(right.toString())) {
                    return ": in the partition " + address.key() + " of type '"
                            + world.types.require(address.type()).name() + "' they have "
                            + Shown.difference("the state", left, right) + last(shard, address);
                }
            }
        }
        return "";
    }

    private static @Nullable Object state(Machine machine, PartitionAddress address) {
        return machine.isUp() ? machine.projectedState(address) : null;
    }

    private String last(int shard, PartitionAddress address) {
        List<Replay.Step> steps = histories.replay(shard).steps(address);
        if (steps.isEmpty()) {
            return "";
        }
        Replay.Step step = steps.getLast();
        Object before = world.types
                .require(address.type())
                .stateCodec()
                .decode(step.before().shared());
        return ". The last event stored there is " + step.event().getClass().getName() + ", " + Shown.of(step.event())
                + ", in the state " + Shown.of(before) + ": is its apply pure?";
    }
}
