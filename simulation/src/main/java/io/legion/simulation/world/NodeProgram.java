package io.legion.simulation.world;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.placement.Member;
import io.legion.core.placement.RebalancingSettings;
import io.legion.core.shard.Change;
import io.legion.core.shard.Read;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Request;
import io.legion.core.shard.Seen;
import io.legion.runtime.host.Node;
import io.legion.runtime.lane.Lane;
import io.legion.runtime.lane.LaneSetup;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.NodeSettings;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.search.SearchWaiter;
import io.legion.spi.Frames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A whole node: it routes, rebalances and submits salvage again by itself. Messages travel in frames, which
/// arrive in order or not at all.
final class NodeProgram implements Program {
    private static final long REPLACE_AFTER_MILLIS = 2_000;

    private final NodeId self;
    private final Node node;
    private final Lane lane;

    /// @param begun how the node begins
    NodeProgram(World world, Machine machine, LaneSetup setup, Begun begun) {
        var scene = world.scene;
        self = setup.self();
        var rebalancing = new RebalancingSettings(scene.nodes().replicas(), REPLACE_AFTER_MILLIS, 2, 1_000);
        var settings = new NodeSettings(
                setup.shards(), rebalancing, scene.nodes().nearest(), 200, 200, 200, 1, "", "", "", false);
        long seed = world.plan.seed() + machine.number;
        node = Node.open(new NodeSetup(setup, settings, new Wires(world, machine), seed));
        lane = node.lane();
        node.whenKeptOut(why -> {
            node.stop(why);
            machine.outdated();
        });
        long now = world.timeline.wallMillis();
        switch (begun) {
            case FOUNDING -> node.found(now);
            case JOINING -> node.join(now);
            case RECOVERING -> node.recover(now);
        }
    }

    /// How a node begins.
    enum Begun {
        FOUNDING,
        JOINING,
        RECOVERING
    }

    @Override
    public void wallOffset(long millis) {
        node.wallOffset(millis);
    }

    @Override
    public void found(int shard, List<NodeId> participants) {}

    @Override
    public void join(int shard, List<NodeId> sources) {}

    @Override
    public void drop(int shard) {}

    @Override
    public boolean isHosted(int shard) {
        return lane.isHosted(shard);
    }

    @Override
    public Optional<ReplicaStatus> status(int shard) {
        return node.view().status(shard);
    }

    @Override
    public void request(int shard, Request request, Waiter waiter, long nowMillis) {
        node.request(shard, request, waiter, nowMillis);
    }

    @Override
    public void read(int shard, Inquiry inquiry, @Nullable Seen seen, Waiter waiter, long nowMillis) {
        node.read(shard, new Read(inquiry.address, inquiry.consistency == Consistency.FINAL, seen), waiter, nowMillis);
    }

    @Override
    public void search(int type, SearchTag from, int limit, SearchWaiter waiter, long nowMillis) {
        node.search(type, from, limit, waiter, nowMillis);
    }

    @Override
    public List<IndexRecord> ownIndex(int type, SearchTag from, int limit, SortedSet<Integer> ofShards) {
        return lane.search(type, from, limit, ofShards);
    }

    @Override
    public void look(int shard, Inquiry inquiry, Waiter waiter, long nowMillis) {
        lane.read(shard, new Read(inquiry.address, false), waiter, nowMillis);
    }

    @Override
    public void change(int shard, Change change, long nowMillis) {
        lane.change(shard, change, nowMillis);
    }

    @Override
    public void askDecisions(int shard, NodeId asked, long since) {}

    @Override
    public void force(int shard, List<NodeId> lost, long nowMillis) {
        node.force(Set.copyOf(lost), nowMillis);
    }

    @Override
    public void dropOverruledCopy(int shard, long nowMillis) {
        node.dropOverruledCopy(shard, nowMillis);
    }

    /// The node tells its other shards by itself.
    @Override
    public void foundOldCopy(long nowMillis) {}

    @Override
    public void leave(long nowMillis) {
        node.leave(nowMillis);
    }

    @Override
    public void eject(NodeId ejected, long nowMillis) {
        node.eject(ejected, nowMillis);
    }

    @Override
    public boolean isOut() {
        return node.view().members().is(self, Member.Status.GONE) && node.view().hasLeft();
    }

    @Override
    public void keptOut(String why) {
        node.stop(why);
    }

    @Override
    public void resubmitted(int shard, Request request) {}

    @Override
    public void receive(NodeId from, byte[] bytes, long nowMillis) {
        node.receive(from, Bytes.wrap(bytes), nowMillis);
    }

    @Override
    public void reachable(NodeId other, long nowMillis) {
        node.joined(other, nowMillis);
    }

    @Override
    public void unreachable(NodeId other, long nowMillis) {
        node.left(other, nowMillis);
    }

    @Override
    public void stoodStill(long nowMillis) {}

    @Override
    public void tick(long nowMillis) {
        node.tick(nowMillis);
    }

    @Override
    public boolean needsTicks() {
        return true;
    }

    @Override
    public void flush(long nowMillis) {
        node.flush(nowMillis);
    }

    @Override
    public boolean holdsBack() {
        return node.holdsBack();
    }

    /// The simulated network, as a node uses it. The world itself tells the node which nodes it can reach.
    private record Wires(World world, Machine machine) implements Frames {
        private static final int MAX_FRAME_BYTES = 1 << 20;

        @Override
        public boolean send(NodeId to, Bytes frame) {
            world.story.detail(machine.name, () -> "sends " + to + " a frame of " + frame.size() + " bytes");
            world.reach.send(machine, to, frame.shared());
            return machine.reachable().containsKey(to);
        }

        @Override
        public int maxFrameBytes() {
            return MAX_FRAME_BYTES;
        }
    }
}
