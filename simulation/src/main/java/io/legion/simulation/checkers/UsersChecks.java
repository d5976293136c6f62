package io.legion.simulation.checkers;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.history.Histories;
import io.legion.simulation.history.Replay;
import io.legion.simulation.purity.MeantFailures;
import io.legion.simulation.world.World;
import java.util.List;
import java.util.function.Predicate;

/// What a user wants to hold: a condition in every state, and no failure of an event that is not meant.
public final class UsersChecks<S> implements Checker {
    private static final String INVARIANT = "your invariant";
    private static final String FAILURES = "mayFail";

    /// The names under which that is reported which the user answers for, beside the promises of Legion.
    public static final List<String> NAMES = List.of(INVARIANT, FAILURES, World.USERS_RELEASE);

    private final World world;
    private final Histories histories;
    private final PartitionType<S> type;
    private final Predicate<? super S> condition;
    private final MeantFailures meant;

    public UsersChecks(
            World world,
            Histories histories,
            PartitionType<S> type,
            Predicate<? super S> condition,
            MeantFailures meant) {
        this.world = world;
        this.histories = histories;
        this.type = type;
        this.condition = condition;
        this.meant = meant;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            Replay replay = histories.replay(shard);
            for (PartitionAddress address : replay.partitions()) {
                checkStates(address, replay.states(address));
                checkFailures(replay.steps(address));
            }
        }
    }

    private void checkStates(PartitionAddress address, List<Bytes> states) {
        for (Bytes bytes : states) {
            S state = type.stateCodec().decode(bytes.shared());
            if (!condition.test(state)) {
                world.broken(INVARIANT, "the partition " + address.key() + " came to the state " + state);
            }
        }
    }

    private void checkFailures(List<Replay.Step> steps) {
        for (Replay.Step step : steps) {
            Object before = type.stateCodec().decode(step.before().shared());
            String complaint = meant.complaint(step.event(), before, step.failure());
            if (complaint != null) {
                world.broken(FAILURES, complaint);
            }
        }
    }
}
