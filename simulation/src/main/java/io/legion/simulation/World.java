package io.legion.simulation;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything in a run: machines, the network between them, callers, faults, and checkers.
final class World {
    /// How long everything may take to come to rest after the last fault.
    private static final long REST_MILLIS = 90_000;

    private static final long LOOK_MILLIS = 200;

    final Plan plan;
    final Scene scene;
    final Timeline timeline;
    final Story story;
    final PartitionTypes types;
    final Network network;
    final List<Machine> machines = new ArrayList<>();
    final Clients clients;
    final Searches searches;
    final Rebalancer rebalancer;
    final Trouble trouble;
    final Operator operator;

    /// What was lost with disks.
    final Lost lost = new Lost();

    final Histories histories;
    final Checkers checkers;
    final Reach reach = new Reach(this);

    /// The latest epoch of each shard that any replica was ever in, up or not by now.
    final Latest[] latestSeen;

    private final TreeMap<NodeId, Machine> byNode = new TreeMap<>();
    private final Randomness names;
    private @Nullable Breach breach;
    private boolean healing;

    World(Plan plan, Scene scene, Workload workload, Timeline timeline, Story story, Function<World, Checker> more) {
        var random = new Randomness(plan.seed());
        this.plan = plan;
        this.scene = scene;
        this.timeline = timeline;
        this.story = story;
        this.latestSeen = new Latest[scene.shards()];
        Arrays.fill(latestSeen, Latest.NONE);
        this.types = new PartitionTypes(workload.types());
        this.names = random.named("nodes");
        this.network = new Network(scene, timeline, random.named("network"));
        this.clients = new Clients(this, workload, random.named("clients"));
        this.searches = new Searches(this, workload, random.named("searches"));
        this.rebalancer = new Rebalancer(this, random.named("rebalancer"));
        this.operator = new Operator(this);
        this.trouble = new Trouble(this, random.named("trouble"));
        this.histories = new Histories(this);
        this.checkers = new Checkers(this, more);
    }

    Finding run() {
        begin();
        while (breach == null && !isOver() && step()) {}
        if (breach == null) {
            histories.end();
            checkers.atRest();
        }
        long epochs = 0;
        for (int shard = 0; shard < scene.shards(); shard++) {
            epochs += Epoch.number(latest(shard).epoch());
        }
        return new Finding(
                plan,
                breach,
                clients.inquiries().count(),
                histories.folds(),
                epochs,
                trouble.count(),
                timeline.micros() / 1000);
    }

    private boolean step() {
        try {
            return timeline.step();
        } catch (RuntimeException thrown) {
            broken("NothingStops", MachineLog.where(thrown));
            return true;
        }
    }

    private void begin() {
        var skew = names.named("skew");
        for (int number = 0; number < scene.machines(); number++) {
            var machine = new Machine(this, number, new NodeId(names.next()));
            machine.clockOffMillis = skew.between(-scene.skewMillis(), scene.skewMillis());
            machines.add(machine);
            byNode.put(machine.node, machine);
            machine.disk.found(machine.node, scene.shards());
            if (number == 0) {
                machine.founder();
            }
            machine.start();
        }
        if (scene.wholeNodes()) {
            reach.begin();
        } else {
            foundShards();
        }
        clients.begin();
        searches.begin();
        rebalancer.begin();
        trouble.begin();
        timeline.afterMillis(scene.faultyMillis(), this::heal);
    }

    private void foundShards() {
        List<NodeId> founders = machines.subList(0, scene.replicas()).stream()
                .map(machine -> machine.node)
                .toList();
        for (int shard = 0; shard < scene.shards(); shard++) {
            for (Machine machine : machines.subList(0, scene.replicas())) {
                machine.found(shard, founders);
            }
        }
    }

    /// From now on nothing goes wrong.
    private void heal() {
        healing = true;
        story.tell("world", () -> "no more faults from here on");
        trouble.heal();
    }

    boolean isHealing() {
        return healing;
    }

    private long lookedMillis;

    /// True if everything has come to rest, or should have.
    private boolean isOver() {
        long now = timeline.micros() / 1000;
        if (!healing || now - lookedMillis < LOOK_MILLIS) {
            return false;
        }
        lookedMillis = now;
        var convergence = new Convergence(this);
        if (convergence.isReached()) {
            return true;
        }
        if (now > scene.faultyMillis() + REST_MILLIS) {
            broken("Convergence", convergence.whatIsMissing());
        }
        return false;
    }

    void broken(String invariant, String sentence) {
        if (breach == null) {
            breach = new Breach(invariant, timeline.micros() / 1000, sentence);
            story.tell("BREACH", () -> invariant + ": " + sentence);
        }
    }

    /// Gives a machine a new identity; the old one is no more.
    void renamed(Machine machine) {
        lost.everythingOf(machine.node);
        byNode.remove(machine.node);
        machine.node = new NodeId(names.next());
        byNode.put(machine.node, machine);
    }

    private String named(ParticipantId participant) {
        Machine machine = byNode.get(participant.node());
        return (machine == null ? "lost " + participant.node() : machine.name) + "." + participant.epoch();
    }

    @Nullable
    Machine machineOf(NodeId node) {
        return byNode.get(node);
    }

    /// A machine has done some work.
    void looked(Machine machine) {
        for (int shard = 0; shard < scene.shards(); shard++) {
            ReplicaStatus status = machine.status(shard).orElse(null);
            if (status != null) {
                looked(machine, shard, status);
            }
        }
    }

    private void looked(Machine machine, int shard, ReplicaStatus status) {
        histories.looked(machine, shard, status);
        boolean participates = status.phase() == ReplicaStatus.Phase.PARTICIPATING;
        if (participates && status.epoch() > latestSeen[shard].epoch()) {
            latestSeen[shard] = new Latest(status.epoch(), status.participants());
            story.tell(
                    machine.name,
                    () -> "is the first in epoch " + status.epoch() + " of shard " + shard + ": "
                            + String.join(
                                    ", ",
                                    status.participants().stream()
                                            .map(this::named)
                                            .toList()));
        }
        checkers.looked(machine, shard, status);
    }

    /// True if two machines hear each other.
    boolean isReachable(Machine from, Machine to) {
        return from.isUp() && to.isUp() && network.isOpen(from.number, to.number);
    }

    /// The nodes that take part in a shard, as far as a running machine knows; all nodes if none knows.
    List<NodeId> nodesOf(int shard) {
        Latest latest = latest(shard);
        return latest.participants().isEmpty()
                ? List.copyOf(byNode.keySet())
                : latest.participants().stream().map(ParticipantId::node).toList();
    }

    /// The latest epoch that a participant of the shard is in.
    Latest latest(int shard) {
        ReplicaStatus latest = null;
        for (Machine machine : machines) {
            ReplicaStatus status = machine.status(shard).orElse(null);
            if (status != null
                    && status.phase() == ReplicaStatus.Phase.PARTICIPATING
                    && (latest == null || status.epoch() > latest.epoch())) {
                latest = status;
            }
        }
        return latest == null ? Latest.NONE : new Latest(latest.epoch(), latest.participants());
    }
}
