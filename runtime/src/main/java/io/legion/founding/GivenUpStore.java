package io.legion.founding;

import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaSettings;
import io.legion.runtime.storage.NodeMarks;
import io.legion.runtime.storage.ShardLayout;
import io.legion.runtime.storage.StateCache;
import io.legion.runtime.storage.StoreChecksum;
import io.legion.service.ByteSize;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/// The store of a node whose cluster is given up, with everything that the node had accepted: a new cluster, with
/// other ids and perhaps other numbers of shards, begins with the states of its partitions.
///
/// Legion only reads the store. The old cluster must not go on: what it accepts from then on is in no other one.
///
/// A store that lacks a shard, or holds one that is not whole, is refused.
public final class GivenUpStore implements FoundingData {
    private static final ByteSize CACHE = new ByteSize(1 << 20);

    private final Store store;
    private final StoreIdentity identity;
    private final PartitionTypes types;
    private final String title;

    private GivenUpStore(Store store, StoreIdentity identity, PartitionTypes types) {
        this.store = store;
        this.identity = identity;
        this.types = types;
        this.title = "the store of node " + identity.node() + " of the cluster '" + identity.clusterName() + "' ("
                + identity.cluster() + ") with the checksum " + StoreChecksum.of(store);
    }

    /// The store of a cluster that is given up.
    ///
    /// @param clusterName the name of that cluster, so that no other one is given up by mistake
    /// @param store open, with no Legion on it; the caller closes it after the founding
    /// @param logger hears what the store may lack
    /// @param types every partition type of that cluster
    /// @throws FoundingDataException if the store holds no such cluster, or not the whole of it
    public static GivenUpStore of(String clusterName, Store store, Logger logger, PartitionType<?>... types) {
        StoreIdentity identity = store.identity()
                .orElseThrow(() -> new FoundingDataException("The store that is given up holds no cluster."));
        requireGivenUp(clusterName, identity);
        requireReadable(store, identity);
        if (!store.complete()) {
            logger.warning("The store of the cluster '" + clusterName + "' that is given up may lack the last events"
                    + " before its machine stopped. All that is there is whole.");
        }
        return new GivenUpStore(store, identity, new PartitionTypes(List.of(types)));
    }

    private static void requireGivenUp(String clusterName, StoreIdentity identity) {
        if (!identity.clusterName().equals(clusterName)) {
            throw new FoundingDataException("The store holds the cluster '" + identity.clusterName()
                    + "', and the cluster '" + clusterName + "' is given up. Nothing was changed. Name the right one.");
        }
        if (identity.format() != ShardLayout.FORMAT) {
            throw new FoundingDataException("The store of the cluster '" + clusterName + "' has the layout "
                    + identity.format() + ", and this version knows " + ShardLayout.FORMAT
                    + ". Start the version of Legion that wrote it.");
        }
    }

    private static void requireReadable(Store store, StoreIdentity identity) {
        var damage = store.damage();
        if (damage.isPresent()) {
            throw new FoundingDataException("The store of the cluster '" + identity.clusterName()
                    + "' lost writes that were as durable as asked: " + damage.get() + " Give the store of another node.");
        }
        if (NodeMarks.isOldCopy(store)) {
            throw new FoundingDataException("The store of the cluster '" + identity.clusterName()
                    + "' is an older copy of itself, as other nodes have shown. Give the store of another node.");
        }
        if (!NodeMarks.isFounded(store)) {
            throw new FoundingDataException(
                    "The founding of the cluster '" + identity.clusterName() + "' on the store was never finished.");
        }
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public long read(long from, Recipient recipient) {
        var monitor = Monitor.none();
        try (var cache = CaffeineLruCache.<PartitionAddress, StateCache.Cached>open(
                CaffeineLruCache.Config.ofBytes(CACHE), StateCache::weigh, monitor)) {
            long read = 0;
            for (int shard = 0; shard < identity.shards(); shard++) {
                var old = new GivenUpShard(shard, identity.node(), settings(), types, store, new StateCache(cache));
                read += old.read(Math.max(0, from - read), recipient);
            }
            return read;
        }
    }

    /// The memory of requests has its say in what outstanding events come to (R53).
    private ReplicaSettings settings() {
        var usual = ReplicaSettings.defaults();
        SortedMap<String, String> fixed = identity.settings();
        return new ReplicaSettings(
                usual.maxClockAheadMillis(),
                usual.resendMillis(),
                usual.decideTimeoutMillis(),
                usual.returnMillis(),
                Integer.parseInt(fixed.getOrDefault("rememberedOutputs", "" + usual.rememberedOutputs())),
                ByteSize.parse(fixed.getOrDefault("requestMemory", "" + usual.rememberedBytes()))
                        .bytes(),
                Duration.parse(fixed.getOrDefault("rememberedFor", "" + Duration.ofMillis(usual.rememberedMillis())))
                        .toMillis(),
                usual.maxOutstanding(),
                usual.hashEvery(),
                usual.pieceBytes());
    }
}
