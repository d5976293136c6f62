package io.legion.simulation.world;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Shards;
import io.legion.simulation.Breach;
import io.legion.simulation.Randomness;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Story;
import io.legion.simulation.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What there is in a run: machines, the network between them, the time, and what callers have asked.
public final class World {
    /// What is broken if one release cannot read what another one wrote: no promise of Legion's.
    public static final String USERS_RELEASE = "your roll-out";

    private static final long CALM_MICROS = 3_000_000;

    public final Plan plan;
    public final Scene scene;
    public final Timeline timeline;
    public final Story story;
    /// The types of each release of the service, the oldest first.
    public final List<PartitionTypes> releases;

    /// Those of the newest release.
    public final PartitionTypes types;

    public final Network network;
    public final List<Machine> machines = new ArrayList<>();
    public final Inquiries inquiries;

    /// What was lost with disks.
    public final Lost lost = new Lost();

    /// Hears of what happens here.
    public final Watch watch;

    /// Of each shard.
    private final List<EraBoundaries> boundaries;

    final Reach reach = new Reach(this);

    /// The latest epoch of each shard that any replica was ever in, up or not by now.
    private final Latest[] latestSeen;

    private final TreeMap<NodeId, Machine> byNode = new TreeMap<>();
    private final Randomness names;
    private @Nullable Machine twin;
    private @Nullable Breach breach;
    private boolean healing;
    private long disturbedUntilMicros;

    public World(Plan plan, Scene scene, List<PartitionTypes> releases, Timeline timeline, Story story, Watch watch) {
        var random = new Randomness(plan.seed());
        this.plan = plan;
        this.scene = scene;
        this.releases = releases;
        this.types = releases.getLast();
        this.timeline = timeline;
        this.story = story;
        this.watch = watch;
        this.latestSeen = new Latest[scene.nodes().shards()];
        Arrays.fill(latestSeen, Latest.NONE);
        this.boundaries = Stream.generate(EraBoundaries::new)
                .limit(scene.nodes().shards())
                .toList();
        this.names = random.named("nodes");
        this.network = new Network(scene, timeline, random.named("network"));
        this.inquiries = new Inquiries(scene.nodes().shards());
    }

    /// From when on each version was active in a shard.
    public EraBoundaries boundaries(int shard) {
        return boundaries.get(shard);
    }

    /// False if a machine's release may lack parts of the states of a partition, which a later version brought. The
    /// state may be of any era.
    public boolean seesAll(Machine machine, PartitionAddress address) {
        var type = types.require(address.type());
        int shard = Shards.of(address, scene.nodes().shards());
        int active = boundaries(shard).highest(type.id(), type.version());
        return releases.get(machine.release()).require(type.id()).version() >= active;
    }

    /// A state that a machine's release has read, as the newest release reads it.
    Object inNewest(Machine machine, int type, Object state) {
        return releases.size() == 1
                ? state
                : inNewest(releases.get(machine.release()).require(type), types.require(type), state);
    }

    @SuppressWarnings("unchecked")
    private static <S> Object inNewest(PartitionType<S> release, PartitionType<?> newest, Object state) {
        return newest.stateCodec().decode(release.stateCodec().encode((S) state));
    }

    /// What people call a release: whether it is the one that is rolled out, and its versions.
    String nameOfRelease(int release) {
        return releases.get(release).all().stream()
                .map(type -> "version " + type.version() + " of '" + type.name() + "'")
                .collect(Collectors.joining(
                        ", ", release < releases.size() - 1 ? "the older release (" : "the newer release (", ")"));
    }

    /// Starts all machines.
    public void begin() {
        var skew = names.named("skew");
        long most = scene.nodes().skewMillis();
        for (int number = 0; number < scene.nodes().machines(); number++) {
            var machine = new Machine(this, number, new NodeId(names.next()));
            machine.turnClock(skew.between(-most, most));
            machines.add(machine);
            byNode.put(machine.node(), machine);
            machine.disk.found(machine.node(), scene.nodes().shards());
            if (number == 0) {
                machine.founder();
            }
            machine.start();
        }
        if (scene.nodes().whole()) {
            reach.begin();
        } else {
            foundShards();
        }
    }

    private void foundShards() {
        List<Machine> founders = machines.subList(0, scene.nodes().replicas());
        List<NodeId> nodes = founders.stream().map(Machine::node).toList();
        for (int shard = 0; shard < scene.nodes().shards(); shard++) {
            for (Machine machine : founders) {
                machine.found(shard, nodes);
            }
        }
    }

    /// Lets the next planned thing happen. A node that throws breaks an invariant.
    ///
    /// @return false if nothing is planned
    public boolean step() {
        try {
            return timeline.step();
        } catch (RuntimeException thrown) {
            broken("NothingStops", MachineLog.where(thrown));
            return true;
        }
    }

    /// From now on nothing goes wrong.
    public void heal() {
        healing = true;
        story.tell("world", () -> "no more faults from here on");
    }

    public boolean isHealing() {
        return healing;
    }

    /// Takes note of a broken invariant; the first one counts.
    public void broken(String invariant, String sentence) {
        if (breach == null) {
            breach = new Breach(invariant, timeline.micros() / 1000, sentence);
            story.tell("BREACH", () -> invariant + ": " + sentence);
        }
    }

    /// The first broken invariant.
    public @Nullable Breach breach() {
        return breach;
    }

    /// The second process of a node, while there is one (R64).
    public Optional<Machine> twin() {
        return Optional.ofNullable(twin);
    }

    public void twin(@Nullable Machine running) {
        twin = running;
    }

    /// Gives a machine a new identity; the old one is no more.
    public void renamed(Machine machine) {
        lost.everythingOf(machine.node());
        byNode.remove(machine.node());
        machine.become(new NodeId(names.next()));
        byNode.put(machine.node(), machine);
    }

    private String named(ParticipantId participant) {
        Machine machine = byNode.get(participant.node());
        return (machine == null ? "lost " + participant.node() : machine.name) + "." + participant.epoch();
    }

    public @Nullable Machine machineOf(NodeId node) {
        return byNode.get(node);
    }

    /// A machine has done some work.
    void looked(Machine machine) {
        for (int shard = 0; shard < scene.nodes().shards(); shard++) {
            ReplicaStatus status = machine.status(shard).orElse(null);
            if (status != null) {
                looked(machine, shard, status);
            }
        }
    }

    private void looked(Machine machine, int shard, ReplicaStatus status) {
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
        watch.looked(machine, shard, status);
    }

    /// Nothing that a node does until this time counts as undisturbed.
    void disturbed(long untilMicros) {
        disturbedUntilMicros = Math.max(disturbedUntilMicros, untilMicros);
    }

    /// True if no node was slow, stood still or was cut off from another, from some seconds before a time until now, so
    /// that whoever serves a reader of the shard had the time to hear of everything (I12).
    ///
    /// @param asked the machine that the reader asked
    public boolean isUndisturbed(int shard, Machine asked, long sinceMicros) {
        long disturbed = Math.max(disturbedUntilMicros, network.disturbedMicros());
        return twin == null
                && network.isWhole()
                && disturbed + CALM_MICROS < sinceMicros
                && machines.stream().allMatch(machine -> !machine.isUp() || machine.isPrompt())
                && isCounted(shard, asked);
    }

    /// True if every participant lets its answers wait for the one that was asked, or for all if that may have sent the
    /// reader elsewhere (R77).
    private boolean isCounted(int shard, Machine asked) {
        for (Machine machine : machines) {
            ReplicaStatus status = machine.status(shard).orElse(null);
            if (status != null && status.phase() == ReplicaStatus.Phase.PARTICIPATING) {
                for (ParticipantId other : status.participants()) {
                    Machine there = byNode.get(other.node());
                    if (there != null && there != machine && !isCounted(status, other, there, asked)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean isCounted(ReplicaStatus status, ParticipantId other, Machine there, Machine asked) {
        boolean mayServe = there.isUp() && (scene.nodes().whole() || there == asked);
        return !mayServe || status.inTouch().contains(other);
    }

    /// True if two machines hear each other.
    public boolean isReachable(Machine from, Machine to) {
        return from.isUp() && to.isUp() && network.isOpen(from.number, to.number);
    }

    /// The latest epoch of a shard that any replica was ever in, up or not by now.
    public Latest latestSeen(int shard) {
        return latestSeen[shard];
    }

    /// The nodes that take part in a shard, as far as a running machine knows; all nodes if none knows.
    List<NodeId> nodesOf(int shard) {
        Latest latest = latest(shard);
        return latest.participants().isEmpty()
                ? List.copyOf(byNode.keySet())
                : latest.participants().stream().map(ParticipantId::node).toList();
    }

    /// The latest epoch that a participant of the shard is in.
    public Latest latest(int shard) {
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
