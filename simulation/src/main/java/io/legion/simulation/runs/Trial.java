package io.legion.simulation.runs;

import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.simulation.Randomness;
import io.legion.simulation.checkers.UserInvariant;
import io.legion.simulation.purity.PurityCheck;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.workload.Workload;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// A user's partition type under test, one seed at a time: first the purity of its events, then a whole run.
///
/// @param invariant holds in each state that a partition goes through
/// @param keys the number of partitions
public record Trial<S>(
        PartitionType<S> type,
        Function<Randomness, ? extends Event<S, ?>> events,
        Predicate<? super S> invariant,
        int keys)
        implements Workload {
    private static final int EVENTS_CHECKED = 50;

    /// Tries one seed.
    ///
    /// @throws AssertionError if something does not hold
    public void run(long seed) {
        new PurityCheck<>(type, events, seed).check(EVENTS_CHECKED);
        Finding finding = Runs.run(
                Plan.of(seed), this, (world, histories) -> new UserInvariant<>(world, histories, type, invariant));
        if (finding.breach() != null) {
            throw new AssertionError(
                    finding.breach() + "\nRun it again with Simulation.of(" + type + ")....seed(" + seed + ").run()");
        }
    }

    @Override
    public List<PartitionType<?>> types() {
        return List.of(type);
    }

    @Override
    public Wish next(long number, Randomness random) {
        return new Wish(type, PartitionKey.of("p" + random.below(keys)), events.apply(random));
    }
}
