package io.legion.runtime;

import io.legion.core.NodeId;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaSettings;
import io.legion.service.ByteSize;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.util.List;

/// Lanes for tests.
final class TestLanes {
    private TestLanes() {}

    static MemoryStore memory() {
        return MemoryStore.open(new MemoryStore.Config(new ByteSize(1L << 30)));
    }

    static Lane withoutShards() {
        return new Lane(setup(TestLanes.memory(), RecordingLogger.open(), 1));
    }

    static Lane.Setup setup(Store store, Logger logger, int shards) {
        return new Lane.Setup(
                new NodeId(1),
                shards,
                Durability.HANDED_OVER,
                ReplicaSettings.defaults(),
                new PartitionTypes(List.of(Account.TYPE)),
                store,
                new StateCache(CaffeineLruCache.open(
                        new CaffeineLruCache.Config(1 << 20), StateCache::weigh, RecordingMonitor.open())),
                Outbox.nowhere(),
                logger);
    }
}
