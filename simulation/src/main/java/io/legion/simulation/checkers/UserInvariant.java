package io.legion.simulation.checkers;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.history.Histories;
import io.legion.simulation.history.Replay;
import io.legion.simulation.world.World;
import java.util.function.Predicate;

/// What a user wants to hold in every state.
public final class UserInvariant<S> implements Checker {
    private final World world;
    private final Histories histories;
    private final PartitionType<S> type;
    private final Predicate<? super S> condition;

    public UserInvariant(World world, Histories histories, PartitionType<S> type, Predicate<? super S> condition) {
        this.world = world;
        this.histories = histories;
        this.type = type;
        this.condition = condition;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            Replay replay = histories.replay(shard);
            for (PartitionAddress address : replay.partitions()) {
                for (Bytes bytes : replay.states(address)) {
                    check(address, type.stateCodec().decode(bytes.shared()));
                }
            }
        }
    }

    private void check(PartitionAddress address, S state) {
        if (!condition.test(state)) {
            world.broken("your invariant", "the partition " + address.key() + " came to the state " + state);
        }
    }
}
