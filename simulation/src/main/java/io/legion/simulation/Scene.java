package io.legion.simulation;

import io.legion.core.shard.ReplicaSettings;
import io.legion.spi.Durability;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Where and how a run takes place; follows from its seed.
///
/// @param machines the number of machines, used or not
/// @param replicas the number of participants that each shard should have
/// @param faultyMillis how long requests and faults go on
/// @param everyMicros the mean time between two requests
/// @param keys the number of partitions of each type
/// @param latencyMicros the least time that a message takes
/// @param jitterMicros the most that may be added to it
/// @param loss the share of messages that get lost
/// @param doubled the share of messages that arrive twice
/// @param cached the number of states that a node caches
/// @param skewMillis how far each clock is off at most
/// @param clientRequests how many requests a client makes before another client takes its place
/// @param wholeNodes true to run whole nodes, which route and rebalance by themselves; false to run lanes, for
///     which the simulation decides
/// @param mixed true if each machine has settings of its own, except for the request memory, which is part of
///     the state and so the same everywhere
record Scene(
        int machines,
        int replicas,
        int shards,
        Durability durability,
        ReplicaSettings settings,
        long faultyMillis,
        long everyMicros,
        int keys,
        long latencyMicros,
        long jitterMicros,
        double loss,
        double doubled,
        int cached,
        long skewMillis,
        long clientRequests,
        boolean wholeNodes,
        boolean mixed,
        List<Fault> faults) {
    /// Long enough for every reachable participant to answer, with the slowest disks.
    private static final long RETURN_MILLIS = 3_000;

    /// The share of lane scenes that soon forget requests.
    private static final double FORGETFUL = 0.15;

    /// The kinds that happen any time; the others have draws of their own.
    private static final List<Fault.Kind> OFTEN = EnumSet.range(Fault.Kind.KILL, Fault.Kind.NOTHING_CHANGES).stream()
            .filter(kind -> kind != Fault.Kind.OLD_COPY_UNTOLD)
            .toList();

    /// The scene of a seed, with all faults.
    static Scene of(long seed) {
        var random = new Randomness(seed).named("scene");
        int replicas = random.chance(0.8) ? 3 : (int) random.between(2, 5);
        int machines = Math.max(replicas, (int) random.between(3, random.chance(0.8) ? 5 : 9));
        long millis = random.between(3_000, 15_000);
        Scene scene = new Scene(
                machines,
                replicas,
                random.chance(0.8) ? 1 : 2,
                random.chance(0.6) ? Durability.FORCED : Durability.HANDED_OVER,
                settings(random),
                millis,
                random.between(4_000, 40_000),
                (int) random.between(1, 6),
                random.between(50, 2_000),
                random.between(100, random.chance(0.3) ? 80_000 : 5_000),
                random.chance(0.5) ? 0 : 0.03,
                random.chance(0.5) ? 0 : 0.05,
                random.chance(0.3) ? 2 : 1_000,
                random.chance(0.5) ? 0 : random.between(1, 900),
                Long.MAX_VALUE,
                new Randomness(seed).named("mode").chance(0.4),
                new Randomness(seed).named("mixed").chance(0.3),
                faults(new Randomness(seed).named("faults"), machines, millis));
        var remembered = new Randomness(seed).named("how long");
        return !scene.wholeNodes && remembered.chance(FORGETFUL) ? scene.forgetful(remembered) : scene;
    }

    /// The same scene, but replicas remember requests for seconds only (R52), and clients come and go. So some
    /// accepted requests come back when nobody can know whether history has them (R54). The clocks are right
    /// here: a clock error is little next to the hour of real clusters, and much next to seconds.
    private Scene forgetful(Randomness random) {
        var remembering = new ReplicaSettings(
                settings.maxClockAheadMillis(),
                settings.resendMillis(),
                settings.decideTimeoutMillis(),
                settings.returnMillis(),
                settings.rememberedOutputs(),
                settings.rememberedClients(),
                random.between(3_500, 6_000),
                settings.maxOutstanding(),
                settings.hashEvery(),
                settings.pieceBytes());
        var others = faults.stream()
                .filter(fault -> fault.kind() != Fault.Kind.CLOCK)
                .toList();
        return with(machines, remembering, 0, random.between(8, 30), others);
    }

    /// The scene of a run: that of its seed, less the machines that the plan leaves out and the faults on them.
    static Scene of(Plan plan) {
        Scene scene = of(plan.seed());
        int machines = Math.min(scene.machines, plan.machines());
        var faults = scene.faults.stream()
                .filter(fault -> Math.max(fault.machine(), fault.other()) < machines)
                .toList();
        return machines == scene.machines ? scene : scene.with(machines, faults);
    }

    private Scene with(int number, List<Fault> happening) {
        return with(number, settings, skewMillis, clientRequests, happening);
    }

    private Scene with(int number, ReplicaSettings replicaSettings, long skew, long most, List<Fault> happening) {
        return new Scene(
                number,
                Math.min(replicas, number),
                shards,
                durability,
                replicaSettings,
                faultyMillis,
                everyMicros,
                keys,
                latencyMicros,
                jitterMicros,
                loss,
                doubled,
                cached,
                skew,
                most,
                wholeNodes,
                mixed,
                happening);
    }

    private static ReplicaSettings settings(Randomness random) {
        return new ReplicaSettings(
                2_000,
                random.between(50, 200),
                random.between(300, 1_000),
                RETURN_MILLIS,
                random.chance(0.3) ? 20 : 1_024,
                1_024,
                3_600_000,
                random.chance(0.2) ? 30 : 10_000,
                (int) random.between(1, 64),
                random.chance(0.5) ? 100 : 64 * 1024);
    }

    private static List<Fault> faults(Randomness random, int machines, long millis) {
        var faults = new ArrayList<Fault>();
        long at = random.between(200, 1_500);
        long every = random.between(100, 2_000);
        while (at < millis) {
            faults.add(new Fault(
                    faults.size(),
                    at,
                    random.oneOf(OFTEN),
                    random.below(machines),
                    random.below(machines),
                    random.between(20, random.chance(0.3) ? 8_000 : 1_500)));
            at += random.between(0, 2 * every);
        }
        while (random.chance(0.4)) {
            faults.add(new Fault(
                    faults.size(),
                    random.between(200, millis),
                    Fault.Kind.ISOLATE_AT_DECISION,
                    random.below(machines),
                    random.below(machines),
                    random.between(500, 4_000)));
        }
        Randomness forced = random.named("forced");
        if (forced.chance(0.15)) {
            faults.add(forced(faults.size(), forced, machines, millis));
        }
        Randomness going = random.named("going");
        while (going.chance(0.25)) {
            faults.add(new Fault(
                    faults.size(),
                    going.between(1_000, millis),
                    going.chance(0.5) ? Fault.Kind.LEAVE : Fault.Kind.EJECT,
                    going.below(machines),
                    going.below(machines),
                    0));
        }
        Randomness untold = random.named("untold");
        while (untold.chance(0.3)) {
            faults.add(new Fault(
                    faults.size(),
                    untold.between(1_000, millis),
                    Fault.Kind.OLD_COPY_UNTOLD,
                    untold.below(machines),
                    untold.below(machines),
                    0));
        }
        Randomness twins = random.named("twins");
        while (twins.chance(0.2)) {
            faults.add(new Fault(
                    faults.size(),
                    twins.between(1_000, millis),
                    Fault.Kind.TWIN,
                    twins.below(machines),
                    twins.below(machines),
                    twins.between(500, 8_000)));
        }
        return List.copyOf(faults);
    }

    private static Fault forced(int number, Randomness random, int machines, long millis) {
        return new Fault(
                number,
                random.between(200, millis),
                Fault.Kind.MAJORITY_LOST_AND_FORCED,
                random.below(machines),
                random.below(3),
                random.between(2_000, 15_000));
    }

    /// The scene of a seed whose only fault is a lost majority, with forced changes.
    static Scene forced(long seed) {
        Scene scene = of(seed);
        var random = new Randomness(seed).named("only forced");
        var fault = forced(0, random, scene.machines, scene.faultyMillis);
        return scene.with(scene.machines, List.of(fault));
    }

    /// The settings of one machine.
    ReplicaSettings settingsOf(Machine machine) {
        if (!mixed) {
            return settings;
        }
        var random = new Randomness(machine.number).named("mixed");
        return new ReplicaSettings(
                settings.maxClockAheadMillis() * random.between(1, 2),
                settings.resendMillis() * random.between(1, 4),
                settings.decideTimeoutMillis() * random.between(1, 3),
                settings.returnMillis(),
                settings.rememberedOutputs(),
                settings.rememberedClients(),
                settings.rememberedMillis(),
                Math.max(10, settings.maxOutstanding() / (int) random.between(1, 3)),
                settings.hashEvery(),
                settings.pieceBytes() * (int) random.between(1, 10));
    }
}
