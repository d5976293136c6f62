package io.legion.runtime.start;

import io.legion.Legion;
import io.legion.Partitions;
import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.placement.Members;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.operations.ForcedChange;
import io.legion.operations.OverruledCopy;
import io.legion.runtime.client.CallerContext;
import io.legion.runtime.client.LocalPartitions;
import io.legion.runtime.host.Node;
import io.legion.runtime.storage.StateCache;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.spi.Cluster;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// A Legion that has entered its cluster.
final class RunningLegion implements Legion {
    private final StoreIdentity identity;
    private final PartitionTypes types;
    private final CallerContext hosting;
    private final CaffeineLruCache<PartitionAddress, StateCache.Cached> cache;
    private final Cluster.Participation participation;
    private final Logger logger;
    private final AtomicBoolean closed = new AtomicBoolean();

    RunningLegion(
            Entrance.Entered entered,
            PartitionTypes types,
            CallerContext hosting,
            CaffeineLruCache<PartitionAddress, StateCache.Cached> cache,
            Logger logger) {
        this.identity = entered.identity();
        this.participation = entered.participation();
        this.types = types;
        this.hosting = hosting;
        this.cache = cache;
        this.logger = logger;
    }

    @Override
    public <S> Partitions<S> partitions(PartitionType<S> type) {
        PartitionType<?> known = types.find(type.id());
        if (known == null || !known.equals(type)) {
            throw new IllegalArgumentException("this Legion was not opened with the partition type '" + type.name()
                    + "'" + (known == null ? "" : ", but with another one of that name"));
        }
        return new LocalPartitions<>(type, hosting);
    }

    @Override
    public StoreIdentity identity() {
        return identity;
    }

    @Override
    public NodeId node() {
        return identity.node();
    }

    @Override
    public Optional<ReplicaStatus> status(int shard) {
        return hosting.host().ask(node -> node.status(shard));
    }

    @Override
    public Members members() {
        return hosting.host().ask(Node::members);
    }

    @Override
    public boolean leave(Duration patience) {
        hosting.host().withNode(Node::leave);
        return hosting.waitUntil(patience, () -> hosting.host().ask(Node::hasLeft));
    }

    @Override
    public void eject(NodeId node) {
        if (node.equals(identity.node())) {
            throw new IllegalArgumentException("this node can not eject itself: let it leave");
        }
        hosting.host().withNode((ejecting, now) -> ejecting.eject(node, now));
    }

    @Override
    public List<ForcedChange> force(Set<NodeId> lost) {
        return hosting.host().change((node, now) -> node.force(lost, now));
    }

    @Override
    public List<OverruledCopy> overruledCopies() {
        return hosting.host().ask(Node::overruledCopies);
    }

    @Override
    public boolean dropOverruledCopy(int shard) {
        return hosting.host().change((node, now) -> node.dropOverruledCopy(shard, now));
    }

    @Override
    public List<RequestId> lost() {
        return hosting.host().ask(Node::lostRequests);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            hosting.drain();
            participation.close();
            hosting.close();
            cache.close();
            logger.info("Node " + identity.node() + " of the cluster '" + identity.clusterName() + "' is closed.");
        }
    }
}
