package io.legion.runtime.lane;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.core.shard.Change;
import io.legion.core.shard.LossAccepted;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.storage.IndexSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Lanes that run in the thread of the [io.legion.runtime.host.Node]'s owner.
public final class DirectLanes implements ShardLanes {
    private final LaneSetup setup;
    private final List<Lane> lanes = new ArrayList<>();
    private final IndexSearch index;

    private DirectLanes(LaneSetup setup, int count) {
        this.setup = setup;
        this.index = new IndexSearch(
                setup.store(), setup.shards(), shard -> lane(shard).unstoredTags(shard));
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane(setup));
        }
    }

    /// This many lanes on this setup; the node's outbox replaces the setup's.
    public static Function<Outbox, ShardLanes> over(LaneSetup setup, int count) {
        return outbox -> new DirectLanes(
                new LaneSetup(
                        setup.self(),
                        setup.shards(),
                        setup.durability(),
                        setup.replicas(),
                        setup.types(),
                        setup.store(),
                        setup.cache(),
                        outbox,
                        setup.logger()),
                count);
    }

    private Lane lane(int shard) {
        return lanes.get(shard % lanes.size());
    }

    @Override
    public void found(int shard, List<NodeId> participants) {
        lane(shard).found(shard, participants);
    }

    @Override
    public SortedSet<Integer> stored() {
        var stored = new TreeSet<Integer>();
        for (int shard = 0; shard < setup.shards(); shard++) {
            if (lane(shard).isStored(shard)) {
                stored.add(shard);
            }
        }
        return stored;
    }

    @Override
    public void recover(int shard) {
        // The node drops unfinished copies before they would need a source.
        lane(shard).recover(shard, List.of());
    }

    @Override
    public void join(int shard, List<NodeId> sources) {
        lane(shard).join(shard, sources);
    }

    @Override
    public void drop(int shard) {
        lane(shard).drop(shard);
    }

    @Override
    public boolean isHosted(int shard) {
        return lane(shard).isHosted(shard);
    }

    @Override
    public Optional<ReplicaStatus> status(int shard) {
        return lane(shard).status(shard);
    }

    @Override
    public void request(int shard, Asked asked, Waiter waiter, long nowMillis) {
        lane(shard).request(shard, asked, waiter, nowMillis);
    }

    @Override
    public void read(int shard, PartitionAddress address, boolean linearizable, Waiter waiter, long nowMillis) {
        lane(shard).read(shard, address, linearizable, waiter, nowMillis);
    }

    @Override
    public void receive(int shard, NodeId from, Message message, long nowMillis) {
        lane(shard).receive(shard, from, message, nowMillis);
    }

    @Override
    public void change(int shard, Change change, long nowMillis) {
        lane(shard).change(shard, change, nowMillis);
    }

    @Override
    public void force(int shard, LossAccepted command, long nowMillis) {
        lane(shard).force(shard, command, nowMillis);
    }

    @Override
    public void foundOldCopy(int shard, long nowMillis) {
        lane(shard).foundOldCopy(shard, nowMillis);
    }

    @Override
    public void resubmitted(int shard, RequestId id) {
        lane(shard).resubmitted(shard, id);
    }

    @Override
    public List<IndexRecord> search(int type, SearchTag from, int limit, SortedSet<Integer> shards) {
        return index.page(type, from, limit, shards);
    }

    @Override
    public void reconnected(NodeId node, long nowMillis) {
        lanes.forEach(lane -> lane.reconnected(node, nowMillis));
    }

    @Override
    public void tick(long nowMillis) {
        lanes.forEach(lane -> lane.tick(nowMillis));
    }

    @Override
    public void release(long nowMillis) {
        lanes.forEach(lane -> lane.release(nowMillis));
    }

    @Override
    public boolean holdsBack() {
        for (Lane lane : lanes) {
            if (lane.holdsBack()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void flush() {
        lanes.forEach(Lane::flush);
    }

    @Override
    public void stop(String why) {
        lanes.forEach(lane -> lane.stop(why));
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
