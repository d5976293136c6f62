package io.legion.simulation.world;

import io.legion.core.Consistency;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.shard.Change;
import io.legion.core.shard.LossAccepted;
import io.legion.core.shard.Message;
import io.legion.core.shard.MessageCodec;
import io.legion.core.shard.Read;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Request;
import io.legion.core.shard.Seen;
import io.legion.runtime.lane.Lane;
import io.legion.runtime.lane.LaneSetup;
import io.legion.runtime.lane.Outgoing;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.search.SearchWaiter;
import io.legion.spi.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A lane by itself: the simulation does the routing and rebalancing, with more malice than a node. Each
/// message travels alone, and may be lost, doubled or overtaken alone.
final class LaneProgram implements Program {
    private final World world;
    private final Machine machine;
    private final Outgoing outward = new Outward();
    private final Lane lane;

    LaneProgram(World world, Machine machine, LaneSetup setup) {
        this.world = world;
        this.machine = machine;
        this.lane = new Lane(setup, outward);
        for (int shard = 0; shard < setup.shards(); shard++) {
            if (machine.disk.holds(shard)) {
                lane.recover(shard, world.nodesOf(shard));
            }
        }
    }

    @Override
    public void found(int shard, List<NodeId> participants) {
        lane.found(shard, participants);
    }

    @Override
    public void join(int shard, List<NodeId> sources) {
        lane.join(shard, sources);
    }

    @Override
    public void drop(int shard) {
        lane.drop(shard);
    }

    @Override
    public boolean isHosted(int shard) {
        return lane.isHosted(shard);
    }

    @Override
    public Optional<ReplicaStatus> status(int shard) {
        return lane.status(shard);
    }

    @Override
    public void request(int shard, Request request, Waiter waiter, long nowMillis) {
        lane.request(shard, request, waiter, nowMillis);
    }

    @Override
    public void read(int shard, Inquiry inquiry, @Nullable Seen seen, Waiter waiter, long nowMillis) {
        lane.read(shard, new Read(inquiry.address, inquiry.consistency == Consistency.FINAL, seen), waiter, nowMillis);
    }

    @Override
    public void search(int type, SearchTag from, int limit, SearchWaiter waiter, long nowMillis) {
        List<IndexRecord> records;
        try {
            records = lane.search(type, from, limit, machine.searchable(type));
        } catch (StoreException | IllegalStateException _) {
            return;
        }
        waiter.yielded(records, records.size() < limit);
    }

    @Override
    public List<IndexRecord> ownIndex(int type, SearchTag from, int limit, SortedSet<Integer> ofShards) {
        return lane.search(type, from, limit, ofShards);
    }

    @Override
    public void look(int shard, Inquiry inquiry, Waiter waiter, long nowMillis) {
        read(shard, inquiry, null, waiter, nowMillis);
    }

    @Override
    public void wallOffset(long millis) {
        lane.wallOffset(millis);
    }

    @Override
    public void change(int shard, Change change, long nowMillis) {
        lane.change(shard, change, nowMillis);
    }

    @Override
    public void askDecisions(int shard, NodeId asked, long since) {
        outward.send(shard, asked, new Message.AskDecisions(since));
    }

    @Override
    public void force(int shard, List<NodeId> lost, long nowMillis) {
        lane.force(shard, new LossAccepted(lost), nowMillis);
    }

    @Override
    public void dropOverruledCopy(int shard, long nowMillis) {
        lane.drop(shard);
    }

    @Override
    public void foundOldCopy(long nowMillis) {
        for (int shard : machine.hosted()) {
            lane.oldCopyDetected(shard, nowMillis);
        }
    }

    @Override
    public void leave(long nowMillis) {}

    @Override
    public void eject(NodeId node, long nowMillis) {}

    @Override
    public boolean isOut() {
        return false;
    }

    /// A lane does not admit nodes.
    @Override
    public void keptOut(String why) {}

    @Override
    public void resubmitted(int shard, Request request) {
        lane.resubmitted(shard, request);
    }

    @Override
    public void receive(NodeId from, byte[] bytes, long nowMillis) {
        var in = new WireInput(bytes);
        int shard = in.fixed32();
        Message message = MessageCodec.read(in);
        in.requireEnd();
        lane.receive(shard, from, message, nowMillis);
    }

    @Override
    public void reachable(NodeId node, long nowMillis) {
        lane.reconnected(node, nowMillis);
    }

    @Override
    public void unreachable(NodeId node, long nowMillis) {
        lane.disconnected(node, nowMillis);
    }

    @Override
    public void stoodStill(long nowMillis) {
        lane.stoodStill(nowMillis);
    }

    @Override
    public void tick(long nowMillis) {
        lane.tick(nowMillis);
    }

    @Override
    public boolean needsTicks() {
        return lane.needsTicks();
    }

    @Override
    public void flush(long nowMillis) {
        lane.release(nowMillis);
        lane.flush();
    }

    @Override
    public boolean holdsBack() {
        return lane.holdsBack();
    }

    private final class Outward implements Outgoing {
        @Override
        public void send(int shard, NodeId to, Message message) {
            world.story.detail(machine.name, () -> "sends " + to + " " + message);
            if (message instanceof Message.Decisions) {
                world.watch.telling(machine);
            }
            var out = new WireOutput();
            out.fixed32(shard);
            MessageCodec.write(out, message);
            world.reach.send(machine, to, out.toByteArray());
        }

        @Override
        public void resubmit(int shard, Request request) {
            world.watch.resubmit(machine, shard, request);
        }
    }
}
