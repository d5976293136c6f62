package io.legion.runtime.lane;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaPlace;
import io.legion.core.shard.Request;
import io.legion.core.shard.RetiredPlace;
import io.legion.runtime.storage.Retired;
import io.legion.runtime.storage.SavedRequests;
import io.legion.runtime.storage.ShardWipe;
import io.legion.runtime.storage.StoredShard;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens the replicas of a lane's shards, from the store or new, and drops them. Before it opens one, it drops
/// the rest of a dropped one.
final class StoredReplicas {
    private final LaneSetup setup;

    StoredReplicas(LaneSetup setup) {
        this.setup = setup;
    }

    /// Opens a replica of a new cluster, with these nodes as the shard's first participants.
    Replica found(int shard, List<NodeId> participants) {
        dropRest(shard);
        return Replica.found(replicaSetup(shard), participants);
    }

    /// Opens a replica that copies the shard from one of `sources`.
    Replica join(int shard, List<NodeId> sources) {
        dropRest(shard);
        return Replica.join(replicaSetup(shard), sources, Retired.place(setup.store(), shard));
    }

    /// Opens the replica that the store holds.
    ///
    /// @param sources where to copy from, if it had not finished copying
    Replica recover(int shard, List<NodeId> sources) {
        dropRest(shard);
        return Replica.recover(replicaSetup(shard), sources, Retired.place(setup.store(), shard));
    }

    private Replica.Setup replicaSetup(int shard) {
        return new Replica.Setup(setup.self(), setup.replicas(), setup.types(), storage(shard), setup.observer());
    }

    private StoredShard storage(int shard) {
        return new StoredShard(shard, setup.store(), setup.cache(), setup.types());
    }

    /// R65: true unless the store says that it holds no replica of the shard. If it cannot be read, opening the shard
    /// says so: that is no reason to open no other.
    boolean isStored(int shard) {
        try {
            return Replica.isStored(storage(shard));
        } catch (StoreException _) {
            return true;
        }
    }

    /// True unless the store says that this participant was here and was dropped. If the store cannot be read,
    /// opening the shard says so, once.
    boolean mayBeUnknown(int shard, ParticipantId participant) {
        try {
            return participant.epoch() > Retired.place(setup.store(), shard).added();
        } catch (StoreException _) {
            return true;
        }
    }

    /// The place that the store says a replica has which cannot be recovered; null if it does not say.
    @Nullable
    ReplicaPlace place(int shard) {
        try {
            return Replica.isStored(storage(shard)) ? Replica.storedPlace(replicaSetup(shard)) : null;
        } catch (RuntimeException unreadable) {
            setup.logger().debug("The place of shard " + shard + " cannot be read: " + unreadable.getMessage());
            return null;
        }
    }

    /// Drops the replica from the store, forced; [#dropRest] comes next.
    ///
    /// @param place the place that it had; empty if it never took part
    /// @param salvage what is saved apart from the replica
    /// @throws StoreException if that fails: then everything is as before
    void drop(int shard, Optional<RetiredPlace> place, Collection<Request> salvage) {
        var batch = new Batch();
        place.ifPresent(known -> Retired.add(batch, shard, known));
        salvage.forEach(request -> SavedRequests.add(batch, shard, request));
        ShardWipe.begin(batch, shard);
        setup.store().write(batch, Durability.FORCED);
    }

    /// Drops what a dropped replica has left in the index; does nothing if nothing is left.
    ///
    /// @throws StoreException if it cannot drop everything
    void dropRest(int shard) {
        ShardWipe.finish(setup.store(), shard, setup.shards());
    }
}
