package io.legion.runtime.lane;

import io.legion.runtime.storage.Retired;
import io.legion.runtime.storage.ShardWipe;
import io.legion.runtime.storage.StoredShard;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaStatus;
import java.util.List;
import java.util.Optional;

/// The replicas of a lane's shards as they are in its store: opens them, whether anything is there or not, and drops
/// them. Before one is opened, the rest of one that was dropped goes.
final class StoredReplicas {
    private final LaneSetup setup;

    StoredReplicas(LaneSetup setup) {
        this.setup = setup;
    }

    /// One of a new cluster, with these nodes as the shard's first participants.
    Replica found(int shard, List<NodeId> participants) {
        dropRest(shard);
        return Replica.found(replicaSetup(shard), participants);
    }

    /// One that copies the shard from one of `sources`.
    Replica join(int shard, List<NodeId> sources) {
        dropRest(shard);
        return Replica.join(replicaSetup(shard), sources, Retired.place(setup.store(), shard));
    }

    /// The one that the store holds.
    ///
    /// @param sources where to copy from, if it had not finished copying
    Replica recover(int shard, List<NodeId> sources) {
        dropRest(shard);
        return Replica.recover(replicaSetup(shard), sources, Retired.place(setup.store(), shard));
    }

    private Replica.Setup replicaSetup(int shard) {
        return new Replica.Setup(setup.self(), setup.replicas(), setup.types(), storage(shard));
    }

    private StoredShard storage(int shard) {
        return new StoredShard(shard, setup.store(), setup.cache(), setup.types());
    }

    /// True if the store holds a replica of the shard.
    boolean isStored(int shard) {
        return Replica.isStored(storage(shard));
    }

    /// True unless the store says that this participant was here and was dropped. If the store can not be read, opening
    /// the shard says so, once.
    boolean mayBeUnknown(int shard, ParticipantId participant) {
        try {
            return participant.epoch() > Retired.place(setup.store(), shard).added();
        } catch (StoreException _) {
            return true;
        }
    }

    /// Takes the replica out of the store, forced; [#dropRest] comes next.
    ///
    /// @param status how the replica stood, if it ran
    /// @throws StoreException if that fails: then everything is as before
    void drop(int shard, Optional<ReplicaStatus> status) {
        var batch = new Batch();
        status.ifPresent(known -> Retired.add(batch, shard, known));
        ShardWipe.begin(batch, shard);
        setup.store().write(batch, Durability.FORCED);
    }

    /// Drops what is left in the index of a replica that was dropped; nothing if that was done.
    ///
    /// @throws StoreException if it can not be dropped to the end
    void dropRest(int shard) {
        ShardWipe.finish(setup.store(), shard, setup.shards());
    }
}
