package io.legion.runtime.start;

import io.legion.Legion;
import io.legion.Partitions;
import io.legion.Session;
import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionTypes;
import io.legion.operations.Operations;
import io.legion.runtime.client.CallerContext;
import io.legion.runtime.client.LocalPartitions;
import io.legion.runtime.client.LocalSession;
import io.legion.runtime.host.InEngine;
import io.legion.service.CloseOnce;
import io.legion.service.Logger;
import io.legion.spi.Cluster;
import io.legion.spi.StoreIdentity;

/// A Legion that has entered its cluster.
final class RunningLegion implements Legion {
    private final StoreIdentity identity;
    private final PartitionTypes types;
    private final CallerContext callers;
    private final Operations operations;
    private final Cluster.Participation participation;
    private final Logger logger;
    private final Runnable release;
    private final CloseOnce closing = new CloseOnce("legion-close", this::shut);

    /// @param release closes what was opened for this Legion alone
    RunningLegion(
            Entrance.Entered entered,
            PartitionTypes types,
            CallerContext callers,
            Operations operations,
            Logger logger,
            Runnable release) {
        this.identity = entered.identity();
        this.participation = entered.participation();
        this.types = types;
        this.callers = callers;
        this.operations = operations;
        this.logger = logger;
        this.release = release;
    }

    @Override
    public <S> Partitions<S> partitions(PartitionType<S> type) {
        PartitionType<?> known = types.find(type.id());
        if (known == null || !known.equals(type)) {
            throw new IllegalArgumentException("this Legion was not opened with the partition type '" + type.name()
                    + "'" + (known == null ? "" : ", but with another one of that name"));
        }
        return new LocalPartitions<>(type, callers, identity.cluster());
    }

    @Override
    public Session session() {
        return LocalSession.begin(identity.cluster());
    }

    @Override
    public Session session(String token) {
        return LocalSession.of(token, identity.cluster(), identity.shards());
    }

    @Override
    public NodeId node() {
        return identity.node();
    }

    @Override
    public Operations operations() {
        return operations;
    }

    @Override
    public void close() {
        InEngine.requireOutside();
        callers.refuse();
        closing.close();
    }

    private void shut() {
        try {
            callers.drain();
            participation.close();
        } finally {
            end();
        }
    }

    private void end() {
        String node = "Node " + identity.node() + " of the cluster '" + identity.clusterName() + "'";
        try {
            if (callers.close()) {
                logger.info(node + " is closed.");
            } else {
                logger.error(
                        node + " is not closed yet: a thread is still in a call of its store or of an event, after the"
                                + " whole closeTimeout. Callers are refused. The node closes when that thread goes on; close"
                                + " the store then, or end the process.");
            }
        } finally {
            release.run();
        }
    }
}
