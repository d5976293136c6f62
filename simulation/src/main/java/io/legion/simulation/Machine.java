package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Resubmission;
import io.legion.core.shard.Shards;
import io.legion.runtime.Lane;
import io.legion.runtime.Outbox;
import io.legion.runtime.RequestException;
import io.legion.runtime.StateCache;
import io.legion.runtime.Waiter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A machine with its disk and its clock, and the node that runs on it while it is up.
final class Machine {
    private static final long TICK_MILLIS = 50;
    private static final long WORK_MICROS = 300;

    /// Something for the lane to do.
    interface Work {
        void on(Lane lane, long nowMillis);
    }

    final int number;
    final String name;
    final SimulatedDisk disk = new SimulatedDisk();
    NodeId node;
    long clockOffMillis;
    long pausedUntilMicros;
    long slowDiskMicros;

    /// True from a planned fault of the disk until the machine was started again: its shards may stop.
    boolean diskInTrouble;

    private final World world;
    private final ArrayDeque<Work> inbox = new ArrayDeque<>();
    private final TreeSet<Integer> hosted = new TreeSet<>();
    private @Nullable Lane lane;
    private boolean scheduled;
    private long life;

    Machine(World world, int number, NodeId node) {
        this.world = world;
        this.number = number;
        this.name = "m" + number;
        this.node = node;
        disk.listen((key, value) -> world.stored(this, key, value));
    }

    boolean isUp() {
        return lane != null;
    }

    SortedSet<Integer> hosted() {
        return hosted;
    }

    long wallMillis() {
        return world.timeline.wallMillis() + clockOffMillis;
    }

    /// Starts the node with what its disk holds.
    void start() {
        life++;
        diskInTrouble = disk.full || disk.unreadable;
        var scene = world.scene;
        var cache = new StateCache(new PlainCache<PartitionAddress, StateCache.Cached>(scene.cached()));
        lane = new Lane(new Lane.Setup(
                node,
                scene.shards(),
                scene.durability(),
                scene.settings(),
                world.types,
                disk,
                cache,
                new Outward(),
                new MachineLog(world, this)));
        hosted.clear();
        for (int shard = 0; shard < scene.shards(); shard++) {
            if (disk.holds(shard)) {
                hosted.add(shard);
                requireUp().recover(shard, world.nodesOf(shard));
            }
        }
        world.story.tell(name, () -> "starts as " + node + " with the shards " + hosted);
        work();
        tick(life);
    }

    void stop() {
        lane = null;
        inbox.clear();
        scheduled = false;
    }

    private Lane requireUp() {
        return java.util.Objects.requireNonNull(lane, "the machine is up");
    }

    void found(int shard, List<NodeId> participants) {
        hosted.add(shard);
        requireUp().found(shard, participants);
        work();
    }

    void join(int shard, List<NodeId> sources) {
        if (lane != null && !hosted.contains(shard) && !diskInTrouble) {
            world.story.tell(name, () -> "begins to copy shard " + shard);
            hosted.add(shard);
            lane.join(shard, sources);
            work();
        }
    }

    void drop(int shard) {
        if (lane != null && !diskInTrouble) {
            hosted.remove(shard);
            lane.drop(shard);
        }
    }

    Optional<ReplicaStatus> status(int shard) {
        return lane == null ? Optional.empty() : lane.status(shard);
    }

    /// The state that a FAST read here sees, or null if the shard does not run here.
    @Nullable
    Object projectedState(PartitionAddress address) {
        int shard = Shards.of(address, world.scene.shards());
        if (status(shard)
                .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .isEmpty()) {
            return null;
        }
        var looking = new Looking();
        requireUp().read(shard, address, false, looking, wallMillis());
        requireUp().flush();
        return looking.state;
    }

    /// The same encoded.
    @Nullable
    Bytes heldState(PartitionAddress address) {
        Object state = projectedState(address);
        return state == null ? null : FinalLinearizable.encoded(world.types.require(address.type()), state);
    }

    private static final class Looking implements Waiter {
        @Nullable
        Object state;

        @Override
        public void replied(Reply reply) {
            if (reply instanceof Reply.State seen) {
                state = seen.state();
            }
        }

        @Override
        public void failed(RequestException failure) {}

        @Override
        public long deadlineMillis() {
            return Long.MAX_VALUE;
        }
    }

    private void tick(long ofLife) {
        world.timeline.afterMillis(TICK_MILLIS, () -> {
            if (life == ofLife && lane != null) {
                if (lane.needsTicks()) {
                    give(Lane::tick);
                }
                tick(ofLife);
            }
        });
    }

    /// Gives the node something to do; it does it soon, together with what else has come by then.
    void give(Work work) {
        if (lane == null) {
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
        if (life != ofLife || lane == null) {
            return;
        }
        long paused = pausedUntilMicros - world.timeline.micros();
        if (paused > 0) {
            world.timeline.after(paused, () -> workIfSame(ofLife));
            return;
        }
        scheduled = false;
        work();
    }

    private void work() {
        Lane running = requireUp();
        for (Work next = inbox.poll(); next != null; next = inbox.poll()) {
            next.on(running, wallMillis());
        }
        running.flush();
        world.looked(this);
    }

    /// What the node has for others.
    private final class Outward implements Outbox {
        @Override
        public void send(int shard, NodeId to, Message message) {
            world.send(Machine.this, shard, to, message);
        }

        @Override
        public void resubmit(int shard, Resubmission resubmission) {
            world.resubmit(Machine.this, shard, resubmission);
        }

        @Override
        public void flush() {}
    }
}
