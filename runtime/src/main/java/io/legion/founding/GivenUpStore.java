package io.legion.founding;

import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaSettings;
import io.legion.runtime.storage.NodeMarks;
import io.legion.runtime.storage.SavedRequests;
import io.legion.runtime.storage.ShardLayout;
import io.legion.runtime.storage.StateCache;
import io.legion.runtime.storage.StoredHistories;
import io.legion.service.ByteSize;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/// The store of a node whose cluster is given up, with everything that the node had accepted: a new cluster, with
/// other ids and perhaps another number of shards, begins with the states of its partitions.
///
/// Legion only reads the store, and opens it only to found a cluster: later it may be gone. The old cluster must not go
/// on: what it accepts from then on is in no other one.
///
/// A store that lacks a shard, or holds one that is not whole, is refused; and so is one with events that its node had
/// still to submit again, unless they may be left out ([#withoutSalvage]).
public final class GivenUpStore implements FoundingData {
    private static final ByteSize CACHE = new ByteSize(1 << 20);

    private final String clusterName;
    private final Managed<? extends Store> store;
    private final Logger logger;
    private final PartitionTypes types;
    private final boolean withoutSalvage;

    private GivenUpStore(
            String clusterName,
            Managed<? extends Store> store,
            Logger logger,
            PartitionTypes types,
            boolean withoutSalvage) {
        this.clusterName = clusterName;
        this.store = store;
        this.logger = logger;
        this.types = types;
        this.withoutSalvage = withoutSalvage;
    }

    /// The store of a cluster that is given up.
    ///
    /// @param clusterName the name of that cluster, so that no other one is given up by mistake
    /// @param store how to open it; no other program may use it
    /// @param logger hears what the store may lack
    /// @param types every partition type of that cluster
    public static GivenUpStore of(
            String clusterName, Managed<? extends Store> store, Logger logger, PartitionType<?>... types) {
        return new GivenUpStore(clusterName, store, logger, new PartitionTypes(List.of(types)), false);
    }

    /// The same, without the events that the node had still to submit again: they are in no state, and a store that has
    /// some is refused otherwise.
    public GivenUpStore withoutSalvage() {
        return new GivenUpStore(clusterName, store, logger, types, true);
    }

    /// Names the node and its cluster, with a checksum: another one once the store has changed.
    @Override
    public String title() {
        try (var opened = store.open()) {
            StoreIdentity identity = identity(opened.handle());
            sayWhatItMayLack(opened.handle());
            requireNoSalvage(opened.handle(), identity.shards());
            return "the store of node " + identity.node() + " of the cluster '" + clusterName + "' ("
                    + identity.cluster() + ") with the checksum " + StoredHistories.checksum(opened.handle());
        }
    }

    @Override
    public long read(long from, Recipient recipient) {
        try (var opened = store.open();
                var cache = CaffeineLruCache.<PartitionAddress, StateCache.Cached>open(
                        CaffeineLruCache.Config.ofBytes(CACHE), StateCache::weigh, Monitor.none())) {
            StoreIdentity identity = identity(opened.handle());
            long read = 0;
            for (int shard = 0; shard < identity.shards(); shard++) {
                var old = new GivenUpShard(
                        shard, identity.node(), settings(identity), types, opened.handle(), new StateCache(cache));
                read += old.read(Math.max(0, from - read), recipient);
            }
            return read;
        }
    }

    /// @throws FoundingDataException if the store holds no such cluster, or cannot be trusted
    private StoreIdentity identity(Store opened) {
        StoreIdentity identity = opened.identity()
                .orElseThrow(() -> new FoundingDataException("The store that is given up holds no cluster."));
        requireGivenUp(clusterName, identity);
        requireReadable(opened, identity);
        return identity;
    }

    private void sayWhatItMayLack(Store opened) {
        if (!opened.complete()) {
            logger.warning("The store of the cluster '" + clusterName + "' that is given up may lack the last events"
                    + " before its machine stopped. All that is there is whole.");
        }
    }

    /// The old cluster alone knows which of them are in history by now.
    private void requireNoSalvage(Store opened, int shards) {
        int left = SavedRequests.all(opened).size() + StoredHistories.salvaged(opened, shards);
        if (left == 0) {
            return;
        }
        String what = "The node of the cluster '" + clusterName + "' that is given up still had " + left
                + " events to submit again, of copies that it had lost. They are in no state";
        if (!withoutSalvage) {
            throw new FoundingDataException(what + ". Start the old cluster again until it has submitted them"
                    + " (./legion salvage shows them), and stop it then. Or, if they need not be in the new cluster,"
                    + " leave them out: GivenUpStore.withoutSalvage(), in the configuration withoutSalvage: true.");
        }
        logger.warning(what + ", and so not in the new cluster either, as withoutSalvage says.");
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
                    + "' lost writes that were as durable as asked: " + damage.get()
                    + " Give the store of another node.");
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

    /// The memory of requests has its say in what outstanding events come to (R53).
    private static ReplicaSettings settings(StoreIdentity identity) {
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
