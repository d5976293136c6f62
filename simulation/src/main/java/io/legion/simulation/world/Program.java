package io.legion.simulation.world;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.shard.Change;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Request;
import io.legion.core.shard.Seen;
import io.legion.runtime.lane.LaneSetup;
import io.legion.runtime.lane.RequestMeter;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.search.SearchWaiter;
import io.legion.runtime.storage.StateCache;
import io.legion.service.Monitor;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What runs on a machine while it is up: a whole node, or only its lane.
public interface Program {
    /// Starts what the scene of a run puts on a machine.
    ///
    /// @param begun how a whole node begins
    static Program on(Machine machine, World world, NodeProgram.Begun begun) {
        var scene = world.scene;
        var cache = new StateCache(new PlainCache<PartitionAddress, StateCache.Cached>(
                scene.nodes().cached()));
        var setup = new LaneSetup(
                machine.node(),
                scene.nodes().shards(),
                scene.nodes().durability(),
                scene.nodes().settingsOf(machine.number),
                world.releases.get(machine.release()),
                machine.disk,
                cache,
                new RequestMeter(Monitor.none(), scene.nodes().shards()),
                new MachineLog(world, machine));
        return scene.nodes().whole()
                ? new NodeProgram(world, machine, setup, begun)
                : new LaneProgram(world, machine, setup);
    }

    /// The wall clock shows this much more than the times that the program gets.
    void wallOffset(long millis);

    void found(int shard, List<NodeId> participants);

    void join(int shard, List<NodeId> sources);

    void drop(int shard);

    boolean isHosted(int shard);

    Optional<ReplicaStatus> status(int shard);

    void request(int shard, Request request, Waiter waiter, long nowMillis);

    /// Reads a partition, for a caller whose session has seen this; null outside a session.
    void read(int shard, Inquiry inquiry, @Nullable Seen seen, Waiter waiter, long nowMillis);

    void change(int shard, Change change, long nowMillis);

    /// Asks another node for the decisions since an epoch.
    void askDecisions(int shard, NodeId node, long since);

    /// Decides without a majority, at the price of what only the lost nodes hold (R43).
    void force(int shard, List<NodeId> lost, long nowMillis);

    /// Drops a copy that a forced change has overruled.
    void dropOverruledCopy(int shard, long nowMillis);

    /// A shard here proved to be an old copy of itself (R71).
    void foundOldCopy(long nowMillis);

    /// Tells the node to hand over what it has and then leave the cluster.
    void leave(long nowMillis);

    /// Tells the node that another node is out for good.
    void eject(NodeId node, long nowMillis);

    /// True once the node has left, or was ejected and holds nothing any more.
    boolean isOut();

    /// Others keep this process out: one with its id is there already (R64).
    void keptOut(String why);

    void resubmitted(int shard, Request request);

    /// Bytes arrived from the network.
    void receive(NodeId from, byte[] bytes, long nowMillis);

    void reachable(NodeId node, long nowMillis);

    void unreachable(NodeId node, long nowMillis);

    /// The process stood still until now. A whole node finds that out by itself.
    void stoodStill(long nowMillis);

    void tick(long nowMillis);

    boolean needsTicks();

    void flush(long nowMillis);

    /// True if the program holds events back for a moment, and needs another flush after it (R70).
    boolean holdsBack();

    /// Searches for a page of the index: a whole node in the cluster's index, a lane in its own.
    void search(int type, SearchTag from, int limit, SearchWaiter waiter, long nowMillis);

    /// A page of this machine's own index, restricted to some of its shards.
    List<IndexRecord> ownIndex(int type, SearchTag from, int limit, SortedSet<Integer> ofShards);

    /// Reads what this machine itself sees of a partition.
    void look(int shard, Inquiry inquiry, Waiter waiter, long nowMillis);
}
