package io.legion.runtime;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// A node of a cluster: hosts shards of partitions on a [Store], and serves requests to all of them.
///
/// ```java try (var store = MemoryStore.open(new MemoryStore.Config(new ByteSize(1 << 30))); var cluster =
/// SoloCluster.open(); var legion = Legion.open(settings, store, cluster, logger, monitor, accounts)) { var
/// bank = legion.partitions(accounts); bank.request("alice", new Deposit(100)); } ```
///
/// **Threads.** Every method may be called by any thread. Legion has a few threads of its own; most of the work
/// is done by the threads of its callers.
public final class Legion implements AutoCloseable {
    private final StoreIdentity identity;
    private final PartitionTypes types;
    private final Hosting hosting;
    private final CaffeineLruCache<PartitionAddress, StateCache.Cached> cache;
    private final Cluster.Participation participation;
    private final Logger logger;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Legion(
            StoreIdentity identity,
            PartitionTypes types,
            Hosting hosting,
            CaffeineLruCache<PartitionAddress, StateCache.Cached> cache,
            Cluster.Participation participation,
            Logger logger) {
        this.identity = identity;
        this.types = types;
        this.hosting = hosting;
        this.cache = cache;
        this.participation = participation;
        this.logger = logger;
    }

    /// Starts a node: founds a cluster, or goes on with what the store holds, as [LegionSettings#startup()]
    /// says.
    ///
    /// The store and the cluster stay with the caller, who closes them after the Legion.
    ///
    /// @param types every partition type that is used or was used before
    /// @throws StartupException if the store and the settings do not fit
    /// @throws StoreException if the store fails
    /// @throws IllegalArgumentException if two types have one name
    public static Legion open(
            LegionSettings settings,
            Store store,
            Cluster cluster,
            Logger logger,
            Monitor monitor,
            PartitionType<?>... types) {
        var log = logger.named("legion");
        var known = new PartitionTypes(List.of(types));
        var random = new SecureRandom();
        var founding = Founding.decide(settings, store, random, log);
        var cache = CaffeineLruCache.<PartitionAddress, StateCache.Cached>open(
                CaffeineLruCache.Config.ofBytes(settings.cache()), StateCache::weigh, monitor);
        var measured = new MeteredStore(store, monitor);
        var setup = new Lane.Setup(
                founding.identity().node(),
                settings.shards(),
                settings.durability(),
                settings.replicaSettings(),
                known,
                measured,
                new StateCache(cache),
                Outbox.nowhere(),
                log);
        if (founding.founds()) {
            Founding.begin(measured);
        }
        var ids = new RequestIds(random.nextLong(), settings.shards());
        var hosting = new Hosting(
                settings,
                measured,
                ids,
                InstantSource.system(),
                monitor,
                number -> lane(setup, settings, founding, number));
        try {
            var participation = begin(founding, measured, cluster, log);
            return new Legion(founding.identity(), known, hosting, cache, participation, log);
        } catch (RuntimeException failure) {
            hosting.close();
            cache.close();
            throw failure;
        }
    }

    private static Cluster.Participation begin(Founding founding, Store store, Cluster cluster, Logger log) {
        if (founding.founds()) {
            Founding.finish(store);
        }
        var identity = founding.identity();
        var self = new Cluster.Self(identity.node(), identity.clusterName(), identity.shards(), identity.cluster());
        var participation = cluster.participate(self, List.of(), new Unheard());
        log.info(() -> "Node " + identity.node() + " of the cluster '" + identity.clusterName() + "' "
                + (founding.founds() ? "founded it" : "recovered") + " with " + identity.shards() + " shards.");
        return participation;
    }

    private static Lane lane(Lane.Setup setup, LegionSettings settings, Founding founding, int number) {
        var lane = new Lane(setup);
        for (int shard = number; shard < settings.shards(); shard += settings.laneCount()) {
            if (founding.founds()) {
                lane.found(shard, List.of(setup.self()));
            } else {
                lane.recover(shard, List.of());
            }
        }
        lane.flush();
        return lane;
    }

    /// The partitions of a type.
    ///
    /// @param type one of those that this Legion was opened with
    /// @throws IllegalArgumentException if it is none of them
    public <S> Partitions<S> partitions(PartitionType<S> type) {
        PartitionType<?> known = types.find(type.id());
        if (known == null || !known.equals(type)) {
            throw new IllegalArgumentException("this Legion was not opened with the partition type '" + type.name()
                    + "'" + (known == null ? "" : ", but with another one of that name"));
        }
        return new LocalPartitions<>(type, hosting);
    }

    /// Who this node is, and what was fixed when its cluster was founded.
    public StoreIdentity identity() {
        return identity;
    }

    /// The id of this node.
    public NodeId node() {
        return identity.node();
    }

    /// How the replica of a shard stands on this node, or empty if the shard does not run here.
    ///
    /// @param shard from 0 to one less than the number of shards
    public Optional<ReplicaStatus> status(int shard) {
        var status = new AtomicReference<Optional<ReplicaStatus>>(Optional.empty());
        hosting.host(shard).withLane(lane -> status.set(lane.status(shard)));
        return status.get();
    }

    /// Stops this node: refuses what is new, waits for what is under way as long as
    /// [LegionSettings#closeTimeout()] allows, and tells the rest that the node closes. The store is then as
    /// the last answers say. Closing again does nothing.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            participation.close();
            hosting.close();
            cache.close();
            logger.info("Node " + identity.node() + " of the cluster '" + identity.clusterName() + "' is closed.");
        }
    }

    /// What other nodes send is for the replicas of shards that have more than one participant: none has yet.
    private static final class Unheard implements Cluster.Listener {
        @Override
        public void received(NodeId from, Bytes frame) {}

        @Override
        public void joined(NodeId node, UUID cluster) {}

        @Override
        public void left(NodeId node) {}

        @Override
        public void refused(String why) {}
    }
}
