package io.legion.runtime.lane;

import io.legion.Account;
import io.legion.core.NodeId;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaSettings;
import io.legion.core.shard.Request;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.runtime.host.Node;
import io.legion.runtime.node.NodeMeters;
import io.legion.runtime.node.NodeSettings;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.storage.ShardLayout;
import io.legion.runtime.storage.StateCache;
import io.legion.service.ByteSize;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Durability;
import io.legion.spi.Frames;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/// Lanes for tests.
public final class TestLanes {
    private TestLanes() {}

    public static MemoryStore memory() {
        return MemoryStore.open(new MemoryStore.Config(new ByteSize(1L << 30)));
    }

    public static Lane withoutShards() {
        return lane(memory(), RecordingLogger.open(), 1);
    }

    /// A node with nothing, which goes on with that.
    public static Node node() {
        return node(RecordingLogger.open(), types(), SoloCluster.open());
    }

    public static Node node(Logger logger, PartitionTypes types, Frames frames) {
        return node(logger, types, frames, Monitor.none());
    }

    public static Node node(Logger logger, PartitionTypes types, Frames frames, Monitor monitor) {
        var self = new NodeId(1);
        var store = memory();
        store.identify(identity(1, 1));
        var lane = setup(self, store, logger, 1, types);
        return Node.open(
                new NodeSetup(lane, NodeSettings.defaults(1), frames, 1, new NodeMeters(monitor, lane.types()), null));
    }

    public static PartitionTypes types() {
        return new PartitionTypes(List.of(Account.TYPE));
    }

    public static StoreIdentity identity(long node, int shards) {
        return new StoreIdentity(
                new UUID(1, 1), "bank", new NodeId(node), ShardLayout.FORMAT, shards, Collections.emptySortedMap());
    }

    /// A lane that has no other node.
    static Lane lane(Store store, Logger logger, int shards) {
        return lane(store, logger, shards, types());
    }

    /// A lane that has no other node, of a service with these types.
    static Lane lane(Store store, Logger logger, int shards, PartitionTypes types) {
        return new Lane(setup(new NodeId(1), store, logger, shards, types), new Nowhere());
    }

    private record Nowhere() implements Outgoing {
        @Override
        public void send(int shard, NodeId to, Message message) {}

        @Override
        public void resubmit(int shard, Request request) {}
    }

    public static LaneSetup setup(NodeId self, Store store, Logger logger, int shards) {
        return setup(self, store, logger, shards, types());
    }

    public static LaneSetup setup(NodeId self, Store store, Logger logger, int shards, PartitionTypes types) {
        return new LaneSetup(
                self,
                shards,
                Durability.HANDED_OVER,
                ReplicaSettings.defaults(),
                types,
                store,
                new StateCache(CaffeineLruCache.open(
                        new CaffeineLruCache.Config(1 << 20), StateCache::weigh, RecordingMonitor.open())),
                new RequestMeter(Monitor.none(), shards),
                logger);
    }
}
