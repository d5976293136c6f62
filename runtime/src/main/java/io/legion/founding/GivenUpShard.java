package io.legion.founding;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionLook;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaSettings;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.RetiredPlace;
import io.legion.core.shard.StoredEntry;
import io.legion.core.shard.UnknownDataException;
import io.legion.runtime.storage.StateCache;
import io.legion.runtime.storage.StoredShard;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// One shard of a store that is given up: the stored states, and on top of them the events of the log that the states
/// do not have yet (R73), as the replica itself applies them. What the replica wants to write is dropped.
final class GivenUpShard {
    private final int shard;
    private final NodeId node;
    private final ReplicaSettings settings;
    private final PartitionTypes types;
    private final StoredShard storage;

    GivenUpShard(
            int shard, NodeId node, ReplicaSettings settings, PartitionTypes types, Store store, StateCache cache) {
        this.shard = shard;
        this.node = node;
        this.settings = settings;
        this.types = types;
        this.storage = new StoredShard(shard, store, cache, types);
    }

    /// Gives the partitions without the first ones: first those that no event of the log changes, then the others.
    ///
    /// @return how many there are
    long read(long from, FoundingData.Recipient recipient) {
        try {
            Replica replica = recovered();
            SortedSet<PartitionAddress> changed = changed();
            long read = unchanged(changed, from, recipient);
            for (PartitionAddress address : changed) {
                if (read++ >= from) {
                    recipient.take(record(address, projected(replica, address)));
                }
            }
            return read;
        } catch (FoundingDataException refused) {
            throw refused.at("Shard " + shard + " of the store that is given up");
        }
    }

    private Replica recovered() {
        if (!Replica.isStored(storage)) {
            throw new FoundingDataException(
                    "The store has no copy of it. Give the store of a node that has copies of all shards.");
        }
        try {
            Replica replica =
                    Replica.recover(new Replica.Setup(node, settings, types, storage), List.of(), RetiredPlace.NONE);
            var phase = replica.place().phase();
            if (phase != ReplicaStatus.Phase.PARTICIPATING) {
                throw new FoundingDataException("The copy in the store is " + phase
                        + " and took no part any more. Give the store of a node that takes part in all shards.");
            }
            // Folds whatever waits for no other node.
            replica.drain();
            return replica;
        } catch (FoundingDataException | StoreException known) {
            throw known;
        } catch (UnknownDataException unknown) {
            throw new FoundingDataException(
                    "It cannot be read: " + unknown.getMessage() + ". Give every partition type of the old cluster.",
                    unknown);
        } catch (RuntimeException unreadable) {
            throw new FoundingDataException("It cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    private SortedSet<PartitionAddress> changed() {
        var changed = new TreeSet<PartitionAddress>();
        storage.entries(entry -> StoredEntry.request(entry).ifPresent(request -> changed.add(request.address())));
        return changed;
    }

    private long unchanged(SortedSet<PartitionAddress> changed, long from, FoundingData.Recipient recipient) {
        long[] read = {0};
        storage.states(null, (address, bytes) -> {
            if (!changed.contains(address) && read[0]++ >= from) {
                recipient.take(record(address, bytes));
            }
            return true;
        });
        return read[0];
    }

    private Bytes projected(Replica replica, PartitionAddress address) {
        PartitionLook look = replica.look(address, 0);
        if (look == null || look.state() == null) {
            throw new FoundingDataException("The replica gives no state of the partition " + address.key()
                    + (look == null ? "" : ": " + look.problem()) + ".");
        }
        if (look.cut()) {
            throw new FoundingDataException("More than " + PartitionLook.MOST_LOOKED_AT
                    + " of its events wait for other nodes of the old cluster. Start that cluster again until they have"
                    + " their places in history, or force the shard there to go on without the nodes that are lost.");
        }
        return encoded(types.require(address.type()), look.state());
    }

    @SuppressWarnings("unchecked")
    private static <S> Bytes encoded(PartitionType<S> type, Object state) {
        return Bytes.wrap(type.stateCodec().encode((S) state));
    }

    private FoundingRecord record(PartitionAddress address, Bytes state) {
        PartitionType<?> type = types.find(address.type());
        if (type == null) {
            throw new FoundingDataException("It has partitions of a type with the number "
                    + Integer.toHexString(address.type()) + ", which this program does not have. Give every partition"
                    + " type of the old cluster.");
        }
        return new FoundingRecord(type.name(), address.key(), state);
    }
}
