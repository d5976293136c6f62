package io.legion.simulation;

import io.legion.core.Event;
import io.legion.core.PartitionType;
import io.legion.simulation.runs.Trial;
import java.util.function.Function;
import java.util.function.Predicate;

/// Tests your partition type: runs its events in simulated clusters under faults, and checks
///
/// - that `apply` is pure: applied again, to copies that were written and read back, and under another locale
///   and time zone, it gives the same bytes;
/// - that all replicas reach the same states and answers, whatever the network, the disks and the clocks do,
///   and keep everything else that Legion promises;
/// - your own invariant, in every state that a partition goes through.
///
/// ```java
/// Simulation.of(accounts)
///         .events(random -> new Deposit(random.between(1, 100)))
///         .invariant(account -> account.cents() >= 0)
///         .seeds(100)
///         .run();
/// ```
///
/// Immutable: each method returns a changed copy. **Threads.** Any; but [#run] sets the default locale and time
/// zone of the process for moments, so nothing that reads them may run at the same time.
///
/// @param <S> the state of the partition type
public final class Simulation<S> {
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

    /// A simulation of this type; it still needs its [#events].
    public static <S> Simulation<S> of(PartitionType<S> type) {
        return new Simulation<>(type, Simulation::noEvents, _ -> true, 3, 0, 20);
    }

    private static <S> Event<S, ?> noEvents(Randomness random) {
        throw new IllegalStateException("which events are to be tried? Call events(random -> ...) before run()");
    }

    /// Generates what callers ask for: an event drawn from the given numbers, and from nothing else.
    public Simulation<S> events(Function<Randomness, ? extends Event<S, ?>> generator) {
        return new Simulation<>(type, generator, invariant, keys, first, count);
    }

    /// A condition that every state of every partition must meet.
    public Simulation<S> invariant(Predicate<? super S> condition) {
        return new Simulation<>(type, events, condition, keys, first, count);
    }

    /// The number of partitions (default 3): the fewer, the more events meet in one.
    public Simulation<S> keys(int number) {
        return new Simulation<>(type, events, invariant, number, first, count);
    }

    /// The number of seeds to try (default 20), from 0 on; each has its own cluster and faults.
    public Simulation<S> seeds(long number) {
        return new Simulation<>(type, events, invariant, keys, 0, number);
    }

    /// Only this seed, to repeat a failure.
    public Simulation<S> seed(long only) {
        return new Simulation<>(type, events, invariant, keys, only, 1);
    }

    /// Runs everything.
    ///
    /// @throws AssertionError if something does not hold; the message says what, and names the seed
    public void run() {
        var trial = new Trial<>(type, events, invariant, keys);
        for (long seed = first; seed < first + count; seed++) {
            trial.run(seed);
        }
    }
}
