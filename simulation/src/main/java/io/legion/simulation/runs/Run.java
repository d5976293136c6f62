package io.legion.simulation.runs;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Request;
import io.legion.simulation.Randomness;
import io.legion.simulation.callers.Clients;
import io.legion.simulation.callers.Searches;
import io.legion.simulation.checkers.Checker;
import io.legion.simulation.checkers.Checkers;
import io.legion.simulation.checkers.Convergence;
import io.legion.simulation.faults.Operator;
import io.legion.simulation.faults.Rebalancer;
import io.legion.simulation.faults.Trouble;
import io.legion.simulation.history.Histories;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Story;
import io.legion.simulation.time.Timeline;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.Watch;
import io.legion.simulation.world.World;
import java.util.List;
import java.util.function.BiFunction;

/// A run from its beginning to its finding: a world, those who act in it, and those who watch it.
final class Run implements Watch {
    /// How long everything may take to come to rest after the last fault.
    private static final long REST_MILLIS = 90_000;

    private static final long LOOK_MILLIS = 200;

    final World world;
    final Operator operator;
    final Trouble trouble;
    final Histories histories;
    private final Clients clients;
    private final Searches searches;
    private final Rebalancer rebalancer;
    private final Checkers checkers;
    private long lookedMillis;

    /// @param more one checker beside those of every run
    Run(
            Plan plan,
            Scene scene,
            Workload workload,
            Timeline timeline,
            Story story,
            BiFunction<World, Histories, Checker> more) {
        var random = new Randomness(plan.seed());
        world = new World(plan, scene, releases(workload), timeline, story, this);
        operator = new Operator(world);
        rebalancer = new Rebalancer(world, random.named("rebalancer"));
        trouble = new Trouble(world, random.named("trouble"), rebalancer, operator);
        clients = new Clients(world, workload, random.named("clients"), operator);
        searches = new Searches(world, workload, random.named("searches"));
        histories = new Histories(world);
        checkers = new Checkers(world, histories, operator, more);
    }

    private static List<PartitionTypes> releases(Workload workload) {
        return workload.releases().stream().map(PartitionTypes::new).toList();
    }

    /// Runs everything, until all is at rest or an invariant is broken.
    Finding run() {
        begin();
        while (world.breach() == null && !isOver() && world.step()) {}
        if (world.breach() == null) {
            histories.end();
            checkers.atRest();
        }
        return finding();
    }

    private void begin() {
        world.begin();
        clients.begin();
        searches.begin();
        rebalancer.begin();
        trouble.begin();
        world.timeline.afterMillis(world.scene.faultyMillis(), this::heal);
    }

    private void heal() {
        world.heal();
        trouble.heal();
    }

    /// True if everything has come to rest, or should have.
    private boolean isOver() {
        long now = world.timeline.micros() / 1000;
        if (!world.isHealing() || now - lookedMillis < LOOK_MILLIS) {
            return false;
        }
        lookedMillis = now;
        var convergence = new Convergence(world, clients);
        if (convergence.isReached()) {
            return true;
        }
        if (now > world.scene.faultyMillis() + REST_MILLIS) {
            world.broken("Convergence", convergence.whatIsMissing());
        }
        return false;
    }

    private Finding finding() {
        long epochs = 0;
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            epochs += Epoch.number(world.latest(shard).epoch());
        }
        return new Finding(
                world.plan,
                world.breach(),
                world.inquiries.count(),
                histories.folds(),
                epochs,
                trouble.count(),
                world.timeline.micros() / 1000);
    }

    @Override
    public void stored(Machine machine, byte[] key, byte[] value) {
        histories.stored(machine, key, value, checkers);
    }

    @Override
    public void ending(Machine machine) {
        histories.ending(machine);
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        histories.looked(machine, shard, status);
        checkers.looked(machine, shard, status);
        if (status.phase() == ReplicaStatus.Phase.PARTICIPATING) {
            trouble.looked(shard, status);
        }
    }

    @Override
    public void restored(Machine machine) {
        checkers.restored(machine);
    }

    @Override
    public void asked(Machine machine, int type) {
        checkers.asked(machine, type);
    }

    @Override
    public void yielded(int type, SearchTag from, List<IndexRecord> records) {
        checkers.yielded(type, from, records);
    }

    @Override
    public void telling(Machine machine) {
        trouble.telling(machine);
    }

    @Override
    public void outdated(Machine machine) {
        trouble.upgradeSoon(machine);
    }

    @Override
    public void resubmit(Machine owner, int shard, Request request) {
        clients.resubmit(owner, shard, request);
    }
}
