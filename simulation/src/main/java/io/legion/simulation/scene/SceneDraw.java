package io.legion.simulation.scene;

import io.legion.core.shard.ReplicaSettings;
import io.legion.simulation.Randomness;
import io.legion.simulation.scene.PlannedFault.Kind;
import io.legion.spi.Durability;
import java.util.List;

/// Draws the scene of a seed. The order of the draws is what a seed means: a draw that comes in between gives every
/// seed another scene, so what is new draws from a stream of its own.
final class SceneDraw {
    /// Long enough for every reachable participant to answer, with the slowest disks.
    private static final long RETURN_MILLIS = 3_000;

    /// The share of lane scenes that soon forget requests.
    private static final double FORGETFUL = 0.15;

    private final long seed;
    private final Randomness random;

    SceneDraw(long seed) {
        this.seed = seed;
        this.random = stream("scene");
    }

    private Randomness stream(String name) {
        return new Randomness(seed).named(name);
    }

    Scene scene() {
        int replicas = random.chance(0.8) ? 3 : (int) random.between(2, 5);
        int machines = Math.max(replicas, (int) random.between(3, random.chance(0.8) ? 5 : 9));
        long millis = random.between(3_000, 15_000);
        int shards = random.chance(0.8) ? 1 : 2;
        var durability = random.chance(0.6) ? Durability.FORCED : Durability.HANDED_OVER;
        var settings = settings();
        var load = Load.of(random.between(4_000, 40_000), (int) random.between(1, 6));
        var links = links();
        int cached = random.chance(0.3) ? 2 : 1_000;
        long skewMillis = random.chance(0.5) ? 0 : random.between(1, 900);
        boolean whole = stream("mode").chance(0.4);
        boolean nearest = load.keys() % 2 == 0; // no draw of its own, which would change what seeds mean
        boolean mixed = stream("mixed").chance(0.3);
        var nodes =
                new Nodes(machines, replicas, shards, durability, settings, cached, skewMillis, whole, nearest, mixed);
        var faults = new FaultDraw(stream("faults"), machines, millis).all();
        return perhapsForgetful(new Scene(nodes, links, load, millis, faults));
    }

    private ReplicaSettings settings() {
        return new ReplicaSettings(
                2_000,
                random.between(50, 200),
                random.between(300, 1_000),
                RETURN_MILLIS,
                random.chance(0.3) ? 20 : 1_024,
                2 << 20,
                3_600_000,
                random.chance(0.2) ? 30 : 10_000,
                (int) random.between(1, 64),
                random.chance(0.5) ? 100 : 64 * 1024);
    }

    private Links links() {
        return new Links(
                random.between(50, 2_000),
                random.between(100, random.chance(0.3) ? 80_000 : 5_000),
                random.chance(0.5) ? 0 : 0.03,
                random.chance(0.5) ? 0 : 0.05);
    }

    private Scene perhapsForgetful(Scene scene) {
        var remembered = stream("how long");
        return !scene.nodes().whole() && remembered.chance(FORGETFUL) ? forgetful(scene, remembered) : scene;
    }

    /// The same scene, but replicas remember requests for seconds only (R52), and clients come and go. So some
    /// accepted requests come back when nobody can know whether history has them (R54). The clocks are right
    /// here: a clock error is little next to the hour of real clusters, and much next to seconds.
    private static Scene forgetful(Scene scene, Randomness remembered) {
        var nodes = scene.nodes().remembering(remembered.between(4_500, 8_000));
        var load = new Load(scene.load().everyMicros(), scene.load().keys(), remembered.between(8, 30));
        List<PlannedFault> others = scene.faults().stream()
                .filter(fault -> fault.kind() != Kind.CLOCK && fault.kind() != Kind.CLOCK_FAR_OFF)
                .toList();
        return new Scene(nodes, scene.links(), load, scene.faultyMillis(), others);
    }

    /// The faults of a scene, with roll-outs among them.
    List<PlannedFault> rolling(Scene scene) {
        return new FaultDraw(stream("releases"), scene.nodes().machines(), scene.faultyMillis())
                .rolling(scene.faults());
    }

    /// The fault of a run that is about nothing but a lost majority.
    PlannedFault onlyForced(Scene scene) {
        return new FaultDraw(stream("only forced"), scene.nodes().machines(), scene.faultyMillis()).forced(0);
    }
}
