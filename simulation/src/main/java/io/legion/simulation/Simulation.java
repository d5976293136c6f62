package io.legion.simulation;

import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Tests a partition type of yours: runs its events in simulated clusters under faults, and checks
///
/// - that `apply` is pure: applied again, to copies that were written and read back, and under another locale and time
///   zone, it gives the same bytes;
/// - that all replicas come to the same states and answers, whatever the network, the disks and the clocks did, and
///   everything else that Legion promises;
/// - your own invariant, in every state that a partition went through.
///
/// ```java
/// Simulation.of(accounts)
///         .events(random -> new Deposit(random.between(1, 100)))
///         .invariant(account -> account.cents() >= 0)
///         .seeds(100)
///         .run();
/// ```
///
/// Immutable: each method gives a changed copy. **Threads.** Any; but [#run] sets the default locale and time zone of
/// the process for moments, so nothing that looks at them may run at the same time.
///
/// @param <S> the state of the partition type
public final class Simulation<S> {
    private static final int EVENTS_CHECKED = 50;

    private final PartitionType<S> type;
    private final Function<Randomness, ? extends Event<S, ?>> events;
    private final Predicate<? super S> invariant;
    private final int keys;
    private final long first;
    private final long count;

    private Simulation(
            PartitionType<S> type,
            Function<Randomness, ? extends Event<S, ?>> events,
            Predicate<? super S> invariant,
            int keys,
            long first,
            long count) {
        this.type = type;
        this.events = events;
        this.invariant = invariant;
        this.keys = keys;
        this.first = first;
        this.count = count;
    }

    /// A simulation of this type, which still needs its [#events].
    public static <S> Simulation<S> of(PartitionType<S> type) {
        return new Simulation<>(type, Simulation::noEvents, _ -> true, 3, 0, 20);
    }

    private static <S> Event<S, ?> noEvents(Randomness random) {
        throw new IllegalStateException("which events are to be tried? Call events(random -> ...) before run()");
    }

    /// What callers ask for: an event drawn from the numbers that it is given, and from nothing else.
    public Simulation<S> events(Function<Randomness, ? extends Event<S, ?>> generator) {
        return new Simulation<>(type, generator, invariant, keys, first, count);
    }

    /// What must be true of every state that a partition is ever in.
    public Simulation<S> invariant(Predicate<? super S> condition) {
        return new Simulation<>(type, events, condition, keys, first, count);
    }

    /// How many partitions there are (3): the fewer, the more events meet in one.
    public Simulation<S> keys(int number) {
        return new Simulation<>(type, events, invariant, number, first, count);
    }

    /// How many seeds are tried (20), from 0 on; each is a cluster of its own, with its own faults.
    public Simulation<S> seeds(long number) {
        return new Simulation<>(type, events, invariant, keys, 0, number);
    }

    /// Only this seed: to look again at one that failed.
    public Simulation<S> seed(long only) {
        return new Simulation<>(type, events, invariant, keys, only, 1);
    }

    /// Runs everything.
    ///
    /// @throws AssertionError if something does not hold; the message says what, and with which seed
    public void run() {
        for (long seed = first; seed < first + count; seed++) {
            new PurityCheck<>(type, events, seed).check(EVENTS_CHECKED);
            Finding finding = Runs.run(Plan.of(seed), workload(), world -> new UserInvariant<>(world, type, invariant));
            if (finding.breach() != null) {
                throw new AssertionError(finding.breach() + "\nRun it again with Simulation.of(" + type + ")....seed("
                        + seed + ").run()");
            }
        }
    }

    private Workload workload() {
        return new Workload() {
            @Override
            public List<PartitionType<?>> types() {
                return List.of(type);
            }

            @Override
            public Wish next(long number, Randomness random) {
                return new Wish(type, PartitionKey.of("p" + random.below(keys)), events.apply(random));
            }
        };
    }
}
