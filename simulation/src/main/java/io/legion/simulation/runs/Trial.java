package io.legion.simulation.runs;

import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.simulation.Breach;
import io.legion.simulation.Randomness;
import io.legion.simulation.checkers.UsersChecks;
import io.legion.simulation.purity.MeantFailures;
import io.legion.simulation.purity.OtherJvm;
import io.legion.simulation.purity.PurityCheck;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.World;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A user's partition type under test, one seed at a time: first the purity of its events, then a whole run.
///
/// @param invariant holds in each state that a partition goes through
/// @param meant the failures that events may end in
/// @param keys the number of partitions
/// @param older the type as an older release of the service has it, which is rolled out of in the runs; or null
public record Trial<S>(
        PartitionType<S> type,
        Function<Randomness, ? extends Event<S, ?>> events,
        Predicate<? super S> invariant,
        MeantFailures meant,
        int keys,
        @Nullable PartitionType<?> older)
        implements Workload {
    private static final int EVENTS_CHECKED = 50;

    /// A trial of events that never fail, and may lead to any state.
    public static <S> Trial<S> of(PartitionType<S> type, Function<Randomness, ? extends Event<S, ?>> events, int keys) {
        return new Trial<>(type, events, _ -> true, MeantFailures.NONE, keys, null);
    }

    public Trial<S> withEvents(Function<Randomness, ? extends Event<S, ?>> others) {
        return new Trial<>(type, others, invariant, meant, keys, older);
    }

    public Trial<S> withInvariant(Predicate<? super S> other) {
        return new Trial<>(type, events, other, meant, keys, older);
    }

    public Trial<S> withKeys(int number) {
        return new Trial<>(type, events, invariant, meant, number, older);
    }

    /// Events may fail in this way too.
    public Trial<S> withFailure(Class<? extends Throwable> more) {
        return new Trial<>(type, events, invariant, meant.and(more), keys, older);
    }

    /// The runs roll this release out of the one that has the older type.
    ///
    /// @throws IllegalArgumentException if that is another type, or of a higher version
    public Trial<S> withOlder(PartitionType<?> other) {
        if (!other.name().equals(type.name()) || other.version() > type.version()) {
            throw new IllegalArgumentException("the older release has version " + other.version() + " of '" + other
                    + "', and the newer one version " + type.version() + " of '" + type
                    + "': give the same type, and no lower version(...) in the newer one");
        }
        return new Trial<>(type, events, invariant, meant, keys, other);
    }

    /// Tries some seeds.
    ///
    /// @param inOneJvm without a second virtual machine
    /// @throws AssertionError if something does not hold
    public void run(long first, long count, boolean inOneJvm) {
        try (OtherJvm other = inOneJvm ? null : OtherJvm.start(type).orElse(null)) {
            for (long seed = first; seed < first + count; seed++) {
                run(seed, other);
            }
        }
    }

    /// Tries one seed.
    ///
    /// @param other a second virtual machine to apply the events in, or null
    /// @throws AssertionError if something does not hold
    private void run(long seed, @Nullable OtherJvm other) {
        new PurityCheck<>(type, events, meant, other, seed).check(EVENTS_CHECKED);
        Finding finding = Runs.run(
                Plan.of(seed), this, (world, histories) -> new UsersChecks<>(world, histories, type, invariant, meant));
        Breach breach = finding.breach();
        if (breach != null) {
            throw new AssertionError(breach + whose(breach) + "\nRun it again with Simulation.of(" + type + ")....seed("
                    + seed + ").run()");
        }
    }

    /// A promise of Legion's may be broken by an impure event that the check of purity did not see, or by Legion.
    private String whose(Breach breach) {
        if (breach.invariant().equals(World.USERS_RELEASE)) {
            return "";
        }
        if (older != null) {
            return "\n" + rolledOutFrom(older.version()) + " docs/upgrades.md says how.";
        }
        return UsersChecks.NAMES.contains(breach.invariant())
                ? ""
                : "\nThis is a promise of Legion's. Your events passed the check of purity; what that cannot see is in"
                        + " docs/testing.md. If it is none of that, the fault is Legion's: please report the type and"
                        + " the seed.";
    }

    /// What two releases do that ran under one version: not the same, or Legion is at fault.
    private String rolledOutFrom(int version) {
        int next = version + 1;
        return version == type.version()
                ? "Two releases ran side by side, and both have version " + version
                        + ". The newer one probably does what the older one did not do: say version(" + next
                        + "), and let apply do under context.version() < " + next
                        + " what the older one did; what is new needs @Since(" + next
                        + "). If both do the same, Legion has broken a promise: please report both releases and the"
                        + " seed."
                : "Two releases ran side by side. The newer one probably does under version " + version
                        + " what the older one did not do: its apply has to look at context.version(), and what is new"
                        + " needs @Since. If both do the same under version " + version
                        + ", Legion has broken a promise: please report both releases and the seed.";
    }

    @Override
    public List<PartitionType<?>> types() {
        return List.of(type);
    }

    @Override
    public List<List<PartitionType<?>>> releases() {
        return older == null ? List.of(types()) : List.of(List.of(older), types());
    }

    @Override
    public Wish next(long number, Randomness random) {
        return new Wish(type, PartitionKey.of("p" + random.below(keys)), events.apply(random));
    }
}
