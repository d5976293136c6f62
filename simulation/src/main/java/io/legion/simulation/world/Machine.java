package io.legion.simulation.world;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Shards;
import io.legion.simulation.disk.SimulatedDisk;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A machine with its disk and its clock, and the node that runs on it while it is up.
public final class Machine {
    private static final long TICK_MILLIS = 50;
    private static final long WORK_MICROS = 300;

    /// Something for the process to do.
    public interface Work {
        void on(Program process, long nowMillis);
    }

    public final int number;
    public final String name;
    public final SimulatedDisk disk = new SimulatedDisk();
    private final World world;
    private NodeId node;
    private long clockOffMillis;

    /// What the process knows of that.
    private long toldOffMillis;

    private long pausedUntilMicros;
    private long slowDiskMicros;

    /// True from a pause until the process works again.
    private boolean stoodStill;

    /// How often its disk was put back to an earlier time.
    private int restores;

    /// True from a planned fault of the disk until the machine starts again: its shards may stop.
    private boolean diskInTrouble;

    /// The process has to start again: its disk was more than full.
    private boolean diskBroke;

    private final ArrayDeque<Work> inbox = new ArrayDeque<>();
    private final TreeMap<NodeId, Machine> reachable = new TreeMap<>();
    private @Nullable Program process;
    private NodeProgram.Begun next = NodeProgram.Begun.JOINING;
    private boolean scheduled;
    private long life;

    /// True while another flush is due, input or not, because the node holds events back.
    private boolean comesAgain;

    /// True for a second process of a node (R64): it counts for nobody, and is to serve nothing.
    private final boolean isTwin;

    /// The release of the service on it, by its place among those of the world.
    private int release;

    /// True from when its release could not go on until another one starts.
    private boolean outdated;

    /// The type of the index page that somebody has asked for since the last work.
    private @Nullable Integer askedFor;

    /// True from when another machine refused this one as a twin until it starts again.
    private boolean keptOut;

    private Machine(World world, int number, String name, NodeId node, boolean isTwin) {
        this.world = world;
        this.number = number;
        this.name = name;
        this.node = node;
        this.isTwin = isTwin;
    }

    Machine(World world, int number, NodeId node) {
        this(world, number, "m" + number, node, false);
        disk.listen((key, value) -> world.watch.stored(this, key, value));
    }

    /// A machine with a copy of another machine's disk, as it is now.
    public static Machine twinOf(Machine first, int number) {
        var twin = new Machine(first.world, number, "twin of " + first.name, first.node, true);
        twin.disk.restore(first.disk.copy());
        twin.next = NodeProgram.Begun.RECOVERING;
        twin.release = first.release;
        return twin;
    }

    /// The node that its disk is of.
    public NodeId node() {
        return node;
    }

    /// From now on its disk is another node's.
    void become(NodeId next) {
        node = next;
    }

    public boolean isUp() {
        return process != null;
    }

    public int release() {
        return release;
    }

    /// Installs another release, which the next start runs.
    public void install(int other) {
        release = other;
    }

    /// Its release met a version that it does not run: it waits for somebody to bring it up.
    void outdated() {
        if (!outdated) {
            outdated = true;
            world.story.tell(name, () -> "runs a release that is too old, or too new");
            world.watch.outdated(this);
        }
    }

    public boolean isOutdated() {
        return outdated;
    }

    /// The shards that the process has, working or not.
    public List<Integer> hosted() {
        return IntStream.range(0, world.scene.nodes().shards())
                .filter(this::isHosted)
                .boxed()
                .toList();
    }

    public boolean isHosted(int shard) {
        return process != null && process.isHosted(shard);
    }

    /// The nodes that this one knows it can reach, and where.
    public SortedMap<NodeId, Machine> reachable() {
        return reachable;
    }

    public boolean isKeptOut() {
        return keptOut;
    }

    /// R64: another machine has a process with this one's id already.
    void keepOut(Machine by) {
        if (!keptOut && process != null) {
            keptOut = true;
            world.story.tell(name, () -> "is kept out by " + by.name + ", which has this node elsewhere");
            give((running, _) -> running.keptOut("the simulation saw it twice"));
        }
    }

    /// Lets the clock jump.
    public void turnClock(long byMillis) {
        clockOffMillis += byMillis;
        world.disturbed(world.timeline.micros());
    }

    /// Lets the process stand still.
    public void pause(long millis) {
        pausedUntilMicros = world.timeline.micros() + millis * 1000;
        stoodStill = true;
        world.disturbed(pausedUntilMicros);
    }

    /// Lets each write take this much longer.
    public void slowDisk(long micros) {
        slowDiskMicros = micros;
        world.disturbed(world.timeline.micros());
    }

    /// Lets the disk fail.
    public void breakDisk(SimulatedDisk.Condition failing) {
        diskInTrouble = true;
        diskBroke |= failing != SimulatedDisk.Condition.FULL;
        disk.become(failing);
    }

    /// Whoever found the disk full has found the room by now.
    public void diskIsWell() {
        diskInTrouble &= diskBroke || disk.isFailing();
    }

    public boolean isDiskInTrouble() {
        return diskInTrouble || disk.isDamaged();
    }

    /// Nothing is slow here any more, and the disk works. A process that it may have stopped ends.
    public void heal() {
        world.disturbed(world.timeline.micros());
        slowDiskMicros = 0;
        pausedUntilMicros = 0;
        disk.repair();
        if (diskInTrouble && isUp()) {
            stop();
        }
    }

    /// Stops the process and puts an older copy in the disk's place, as if nothing had happened. What was under way
    /// on its former connections is gone with them.
    public void putBack(SimulatedDisk.Copy copy) {
        stop();
        disk.restore(copy);
        restores++;
        world.watch.restored(this);
    }

    /// How often its disk was put back.
    int restores() {
        return restores;
    }

    /// Somebody has asked for a page of the index.
    public void askedFor(int type) {
        askedFor = type;
    }

    /// Makes the next start that of a cluster's first node.
    void founder() {
        next = NodeProgram.Begun.FOUNDING;
    }

    /// Makes the next start that of a node with an empty disk.
    public void newcomer() {
        next = NodeProgram.Begun.JOINING;
    }

    /// Starts the node with what its disk holds.
    public void start() {
        life++;
        outdated = false;
        keptOut = false;
        comesAgain = false;
        diskInTrouble = disk.isFailing();
        diskBroke = false;
        reachable.clear();
        process = Program.on(this, world, next);
        next = NodeProgram.Begun.RECOVERING;
        toldOffMillis = 0;
        world.story.tell(name, () -> "starts as " + node + " with the shards " + hosted());
        work();
        tick(life);
    }

    /// Tells the node which nodes it can reach now.
    void tellReachable(SortedMap<NodeId, Machine> now) {
        for (NodeId lost : List.copyOf(reachable.keySet())) {
            if (now.get(lost) != reachable.get(lost)) {
                reachable.remove(lost);
                give((running, millis) -> running.unreachable(lost, millis));
            }
        }
        now.forEach((found, where) -> {
            if (reachable.put(found, where) == null) {
                give((running, millis) -> running.reachable(found, millis));
            }
        });
    }

    public void stop() {
        if (process != null && !isTwin) {
            world.watch.ending(this);
        }
        process = null;
        inbox.clear();
        scheduled = false;
    }

    private Program requireUp() {
        return Objects.requireNonNull(process, "the machine is up");
    }

    void found(int shard, List<NodeId> participants) {
        requireUp().found(shard, participants);
        work();
    }

    public void join(int shard, List<NodeId> sources) {
        if (process != null && !isHosted(shard) && !diskInTrouble) {
            world.story.tell(name, () -> "begins to copy shard " + shard);
            process.join(shard, sources);
            work();
        }
    }

    /// True if the node here has handed over everything, or was ejected and nobody needs it any more.
    public boolean isOut() {
        return process != null && process.isOut();
    }

    /// True if nothing here takes long now.
    public boolean isPrompt() {
        return isUp()
                && !outdated
                && !isDiskInTrouble()
                && slowDiskMicros == 0
                && pausedUntilMicros <= world.timeline.micros();
    }

    public void drop(int shard) {
        if (process != null && !diskInTrouble) {
            process.drop(shard);
        }
    }

    public Optional<ReplicaStatus> status(int shard) {
        return process == null ? Optional.empty() : process.status(shard);
    }

    /// The shards of whose type this machine has the index: those in which it takes part, is not returning, and does
    /// not compute the tags anew.
    public SortedSet<Integer> searchable(int type) {
        var searchable = new TreeSet<Integer>();
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            if (status(shard)
                    .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING
                            && !s.returning()
                            && s.fresh()
                            && !s.indexing().contains(type))
                    .isPresent()) {
                searchable.add(shard);
            }
        }
        return searchable;
    }

    /// The records of a type in this machine's own index; none while it is down.
    public List<IndexRecord> ownIndex(int type) {
        return ownIndex(type, SearchTag.START, Integer.MAX_VALUE);
    }

    public List<IndexRecord> ownIndex(int type, SearchTag from, int limit) {
        return process == null ? List.of() : process.ownIndex(type, from, limit, searchable(type));
    }

    /// A state that its release has read, as the newest release reads it.
    public Object inNewest(int type, Object state) {
        return world.inNewest(this, type, state);
    }

    /// The state that a FAST read here sees, or null if the shard does not run here.
    public @Nullable Object projectedState(PartitionAddress address) {
        int shard = Shards.of(address, world.scene.nodes().shards());
        if (status(shard)
                .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .isEmpty()) {
            return null;
        }
        if (world.releases.get(release).find(address.type()) == null) {
            return null;
        }
        Object state = Peek.at(requireUp(), shard, address, world.timeline.wallMillis());
        return state == null ? null : world.inNewest(this, address.type(), state);
    }

    private void tick(long ofLife) {
        world.timeline.afterMillis(TICK_MILLIS, () -> {
            if (life == ofLife && process != null) {
                if (process.needsTicks()) {
                    give(Program::tick);
                }
                tick(ofLife);
            }
        });
    }

    /// Gives the node some work; the node does it soon, together with the other work that has come by then.
    public void give(Work work) {
        if (process == null) {
            return;
        }
        inbox.add(work);
        if (!scheduled) {
            scheduled = true;
            long ofLife = life;
            long wait = Math.max(WORK_MICROS + slowDiskMicros, pausedUntilMicros - world.timeline.micros());
            world.timeline.after(wait, () -> workIfSame(ofLife));
        }
    }

    private void workIfSame(long ofLife) {
        if (life != ofLife || process == null) {
            return;
        }
        long paused = pausedUntilMicros - world.timeline.micros();
        if (paused > 0) {
            world.timeline.after(paused, () -> workIfSame(ofLife));
            return;
        }
        if (stoodStill) {
            stoodStill = false;
            process.stoodStill(world.timeline.wallMillis());
        }
        scheduled = false;
        work();
    }

    private void work() {
        Program running = requireUp();
        showClock(running);
        for (Work next = inbox.poll(); next != null; next = inbox.poll()) {
            next.on(running, world.timeline.wallMillis());
        }
        running.flush(world.timeline.wallMillis());
        comeAgain(running);
        if (!isTwin) {
            world.looked(this);
            tellAsked();
        }
    }

    private void showClock(Program running) {
        if (toldOffMillis != clockOffMillis) {
            toldOffMillis = clockOffMillis;
            running.wallOffset(clockOffMillis);
        }
    }

    /// What the node holds back for a moment goes out after it (R70).
    private void comeAgain(Program running) {
        if (comesAgain || !running.holdsBack()) {
            return;
        }
        comesAgain = true;
        long ofLife = life;
        world.timeline.afterMillis(Replica.HELD_MILLIS, () -> {
            if (life == ofLife) {
                comesAgain = false;
                give((_, _) -> {});
            }
        });
    }

    /// Waits until all work is done: what folds in between may change what is projected (R54).
    private void tellAsked() {
        Integer type = askedFor;
        askedFor = null;
        if (type != null) {
            world.watch.asked(this, type);
        }
    }
}
