package io.legion.simulation;

import io.legion.core.Event;
import io.legion.core.PartitionType;
import io.legion.simulation.runs.Trial;
import java.util.function.Function;
import java.util.function.Predicate;

/// Tests your partition type: runs its events in simulated clusters under faults, and checks
///
/// - that `apply` is pure: applied again, to copies that were written and read back, under another locale and time
///   zone, and in another Java virtual machine, it gives the same bytes;
/// - that it fails in no other way than [#mayFail] allows, and never gives null;
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
    private final Trial<S> trial;
    private final boolean inOneJvm;
    private final long first;
    private final long count;

    private Simulation(Trial<S> trial, boolean inOneJvm, long first, long count) {
        this.trial = trial;
        this.inOneJvm = inOneJvm;
        this.first = first;
        this.count = count;
    }

    private Simulation<S> with(Trial<S> other) {
        return new Simulation<>(other, inOneJvm, first, count);
    }

    /// A simulation of this type; it still needs its [#events].
    public static <S> Simulation<S> of(PartitionType<S> type) {
        return new Simulation<>(Trial.of(type, Simulation::noEvents, 3), false, 0, 20);
    }

    private static <S> Event<S, ?> noEvents(Randomness random) {
        throw new IllegalStateException("which events are to be tried? Call events(random -> ...) before run()");
    }

    /// Generates what callers ask for: an event drawn from the given numbers, and from nothing else.
    public Simulation<S> events(Function<Randomness, ? extends Event<S, ?>> generator) {
        return with(trial.withEvents(generator));
    }

    /// A condition that every state of every partition must meet.
    public Simulation<S> invariant(Predicate<? super S> condition) {
        return with(trial.withInvariant(condition));
    }

    /// A failure by which an event says no, such as `IllegalStateException`; may be called several times. Any
    /// other exception that an `apply` throws is a mistake, and fails the run. Without a call of this method no
    /// event may fail.
    ///
    /// @param failure the class of the exception; those that extend it are meant too
    public Simulation<S> mayFail(Class<? extends Throwable> failure) {
        return with(trial.withFailure(failure));
    }

    /// Leaves out the second Java virtual machine, in which the events are applied too. It takes a second to start,
    /// needs the classes as files or jars, and finds what depends on the process: see docs/testing.md.
    public Simulation<S> inOneJvm() {
        return new Simulation<>(trial, true, first, count);
    }

    /// Rolls this release of the type out in the simulated clusters, one node at a time, and now and then back, in
    /// place of an older release: nodes of both work side by side until the version rises. A change that is not
    /// made under a version of its own makes the run fail. If both have the same version, they must do the same.
    ///
    /// @param older the type of the older release: see [OldRelease]
    /// @throws IllegalArgumentException if that is another type, or of a higher version
    public Simulation<S> rolledOutFrom(PartitionType<?> older) {
        return with(trial.withOlder(older));
    }

    /// The number of partitions (default 3): the fewer, the more events meet in one.
    public Simulation<S> keys(int number) {
        return with(trial.withKeys(number));
    }

    /// The number of seeds to try (default 20), from 0 on; each has its own cluster and faults.
    public Simulation<S> seeds(long number) {
        return new Simulation<>(trial, inOneJvm, 0, number);
    }

    /// Only this seed, to repeat a failure.
    public Simulation<S> seed(long only) {
        return new Simulation<>(trial, inOneJvm, only, 1);
    }

    /// Runs everything.
    ///
    /// @throws AssertionError if something does not hold; the message says what, and names the seed
    public void run() {
        trial.run(first, count, inOneJvm);
    }
}
