package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.Epoch;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything there is in a run: machines, the network between them, callers, faults, and those who watch.
final class World {
    /// How long everything may take to come to rest after the last fault.
    private static final long REST_MILLIS = 90_000;

    private static final long LOOK_MILLIS = 200;
    private static final long REACH_MILLIS = 100;

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

    /// The requests that have folded, by shard.
    private final List<Lines> lines = new ArrayList<>();

    /// The latest epoch of each shard that anybody was ever in, up or not by now.
    final Latest[] latestSeen;

    private final TreeMap<NodeId, Machine> byNode = new TreeMap<>();
    private final List<Checker> checkers;
    private final Randomness names;
    private @Nullable Breach breach;
    private long folds;
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
        this.checkers = List.of(
                new FoldOrder(this),
                new EqualHistoryEqualState(this),
                new OneDecision(this),
                new NeverEmptied(this),
                new BoundedMemory(this),
                new RequestOnce(this),
                new NoSilentLoss(this),
                new DurableSurvives(this),
                new FinalLinearizable(this),
                new IndexEqualsStates(this),
                new SearchYieldsEachOnce(this),
                more.apply(this));
        for (int shard = 0; shard < scene.shards(); shard++) {
            lines.add(new Lines());
        }
    }

    Finding run() {
        begin();
        while (breach == null && !isOver() && step()) {}
        if (breach == null) {
            for (int shard = 0; shard < scene.shards(); shard++) {
                overruled(shard).forEach(Line::takeUnstored);
            }
            checkers.forEach(Checker::atRest);
        }
        long epochs = 0;
        for (int shard = 0; shard < scene.shards(); shard++) {
            epochs += Epoch.number(latest(shard).epoch());
        }
        return new Finding(
                plan, breach, clients.inquiries().size(), folds, epochs, trouble.count(), timeline.micros() / 1000);
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
            tellReachable();
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

    /// From now on nothing goes wrong any more.
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

    /// The history of a shard, applied again.
    Retelling retelling(int shard) {
        return retelling(line(shard));
    }

    Retelling retelling(Line line) {
        var wishes = new HashMap<RequestId, Workload.Wish>();
        for (Inquiry inquiry : clients.inquiries()) {
            if (inquiry.wish != null) {
                wishes.put(inquiry.id, inquiry.wish);
            }
        }
        return Retelling.of(line.all(), wishes);
    }

    /// The history of a shard that goes on.
    Line line(int shard) {
        return lines.get(shard).latest(latestSeen[shard].epoch());
    }

    /// The histories of a shard's eras that were overruled.
    List<Line> overruled(int shard) {
        return lines.get(shard).others(line(shard));
    }

    /// True if a change of the shard's participants was forced.
    boolean isForced(int shard) {
        return lines.get(shard).isForced();
    }

    void broken(String invariant, String sentence) {
        if (breach == null) {
            breach = new Breach(invariant, timeline.micros() / 1000, sentence);
            story.tell("BREACH", () -> invariant + ": " + sentence);
        }
    }

    /// A machine gets a new identity; the old one is no more.
    void renamed(Machine machine) {
        lost.everythingOf(machine.node);
        byNode.remove(machine.node);
        machine.node = new NodeId(names.next());
        byNode.put(machine.node, machine);
    }

    /// A machine's disk is older than what the machine did.
    void restored(Machine machine) {
        checkers.forEach(checker -> checker.restored(machine));
    }

    private String named(ParticipantId participant) {
        Machine machine = byNode.get(participant.node());
        return (machine == null ? "lost " + participant.node() : machine.name) + "." + participant.epoch();
    }

    @Nullable
    Machine machineOf(NodeId node) {
        return byNode.get(node);
    }

    void stored(Machine machine, byte[] key, byte[] value) {
        if (Chronicle.isIndexed(key)) {
            var indexed = Bytes.wrap(key);
            checkers.forEach(checker -> checker.indexed(indexed));
            return;
        }
        if (!Chronicle.isOutcomes(key)) {
            return;
        }
        int shard = Chronicle.shard(key);
        List<Chronicle.Folded> chunk = Chronicle.read(value);
        Line line = lines.get(shard).of(machine, shard);
        for (Chronicle.Folded folded : chunk) {
            folds++;
            line.add(folded);
            for (Checker checker : checkers) {
                checker.folded(machine, line, folded);
            }
        }
    }

    /// The process of a machine ends without a word. What it had folded since its last checkpoint (R73) is in its store
    /// as entries, the first ones there.
    void ending(Machine machine) {
        for (int shard : machine.hosted()) {
            ReplicaStatus status = machine.status(shard).orElse(null);
            if (status == null || status.folded() == status.saved()) {
                continue;
            }
            Line line = lines.get(shard).of(machine, shard);
            List<byte[]> folded = machine.disk.entries(shard).stream()
                    .sorted(Comparator.comparing(Chronicle::idOfEntry))
                    .limit(status.folded() - status.saved())
                    .toList();
            for (int i = 0; i < folded.size(); i++) {
                Chronicle.Folded unstored = Chronicle.readEntry(status.saved() + 1 + i, folded.get(i));
                if (unstored != null) {
                    line.addUnstored(unstored);
                }
            }
        }
    }

    void looked(Machine machine) {
        for (int shard : machine.hosted()) {
            machine.status(shard).ifPresent(status -> looked(machine, shard, status));
        }
    }

    private void looked(Machine machine, int shard, ReplicaStatus status) {
        lines.get(shard).looked(machine, shard, status);
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
        for (Checker checker : checkers) {
            checker.looked(machine, shard, status);
        }
    }

    void found(int type, SearchTag from, List<IndexRecord> records) {
        checkers.forEach(checker -> checker.found(type, from, records));
    }

    void answered(Inquiry inquiry) {
        for (Checker checker : checkers) {
            checker.answered(inquiry);
        }
    }

    void send(Machine from, NodeId to, byte[] bytes) {
        Machine target = scene.wholeNodes() ? from.reachable().get(to) : byNode.get(to);
        if (target == null) {
            return;
        }
        NodeId sender = from.node;
        int life = from.lives;
        network.send(from.number, target.number, bytes, received -> {
            boolean known = !scene.wholeNodes() || target.reachable().get(sender) == from;
            if (known && target.node.equals(to) && from.lives == life) {
                target.give((process, now) -> process.receive(sender, received, now));
            }
        });
    }

    /// Lets whole nodes know, now and then, whom they can reach.
    private void tellReachable() {
        for (Machine one : running()) {
            var reachable = new TreeMap<NodeId, Machine>();
            for (Machine other : running()) {
                boolean hears = !other.node.equals(one.node) && isReachable(one, other);
                if (hears && admits(one, other) && admits(other, one)) {
                    reachable.putIfAbsent(other.node, other);
                }
            }
            one.tellReachable(reachable);
        }
        timeline.afterMillis(REACH_MILLIS, this::tellReachable);
    }

    /// All processes that there are, a twin too.
    private List<Machine> running() {
        var running = new ArrayList<>(machines);
        trouble.twin().ifPresent(running::add);
        return running;
    }

    /// R64: a node is where it was seen first, for as long as it can be reached there.
    private boolean admits(Machine one, Machine other) {
        Machine first = one.reachable().get(other.node);
        boolean admits = first == null || first == other || !isReachable(one, first);
        if (!admits) {
            other.keepOut(one);
        }
        return admits;
    }

    /// Whether two machines hear each other.
    boolean isReachable(Machine from, Machine to) {
        return from.isUp() && to.isUp() && network.isOpen(from.number, to.number);
    }

    /// The nodes that take part in a shard, as far as somebody up knows; all there are if nobody does.
    List<NodeId> nodesOf(int shard) {
        Latest latest = latest(shard);
        return latest.participants().isEmpty()
                ? List.copyOf(byNode.keySet())
                : latest.participants().stream().map(ParticipantId::node).toList();
    }

    /// How a shard stands by the latest epoch that a participant is in.
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
