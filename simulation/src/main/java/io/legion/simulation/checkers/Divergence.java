package io.legion.simulation.checkers;

import io.legion.core.codec.ValueText;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.simulation.history.Histories;
import io.legion.simulation.history.Replay;
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
        Replay replay = histories.replay(shard);
        for (PartitionAddress address : world.inquiries.partitions()) {
            if (Shards.of(address, world.scene.nodes().shards()) == shard) {
                String difference = difference(state(one, address), state(other, address), replay, address);
                if (!difference.isEmpty()) {
                    return ": the partition " + address.key() + " of type '"
                            + world.types.require(address.type()).name() + "' " + difference + last(replay, address);
                }
            }
        }
        return "";
    }

    private String difference(@Nullable Object one, @Nullable Object other, Replay replay, PartitionAddress address) {
        if (one != null && other != null && !isSame(one, other)) {
            return "has there " + ValueText.difference("the state", one, other);
        }
        List<Object> known = replay.states(address).stream()
                .map(bytes -> (Object)
                        world.types.require(address.type()).stateCodec().decode(bytes.shared()))
                .toList();
        for (Object state : new @Nullable Object[] {one, other}) {
            if (state != null && !known.isEmpty() && known.stream().noneMatch(each -> isSame(each, state))) {
                return "has at one, and by its history applied again, "
                        + ValueText.difference("the state", state, known.getLast());
            }
        }
        return "";
    }

    private static boolean isSame(Object one, Object other) {
        return one.toString().equals(other.toString());
    }

    private static @Nullable Object state(Machine machine, PartitionAddress address) {
        return machine.isUp() ? machine.projectedState(address) : null;
    }

    private String last(Replay replay, PartitionAddress address) {
        List<Replay.Step> steps = replay.steps(address);
        if (steps.isEmpty()) {
            return "";
        }
        Replay.Step step = steps.getLast();
        Object before = world.types
                .require(address.type())
                .stateCodec()
                .decode(step.before().shared());
        return ". The last event stored there is " + step.event().getClass().getName() + ", "
                + ValueText.of(step.event()) + ", in the state " + ValueText.of(before) + ": is its apply pure?";
    }
}
