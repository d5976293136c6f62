package io.legion.runtime.lane;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.core.shard.Change;
import io.legion.core.shard.LossAccepted;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.spi.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The shards of a node, as its [io.legion.runtime.host.Node] sees them: each in a [Lane], whichever that is
/// and whatever thread it
/// has.
///
/// An input takes effect by the next [#flush]. Any method may call waiters and the outbox.
///
/// **Threads.** For the owner of the [io.legion.runtime.host.Node] only.
public interface ShardLanes {
    /// See [Lane#found].
    void found(int shard, List<NodeId> participants);

    /// The shards of which the store holds a replica.
    SortedSet<Integer> stored();

    /// See [Lane#recover].
    void recover(int shard);

    /// See [Lane#join].
    void join(int shard, List<NodeId> sources);

    /// See [Lane#drop].
    void drop(int shard);

    /// See [Lane#isHosted].
    boolean isHosted(int shard);

    /// See [Lane#status].
    Optional<ReplicaStatus> status(int shard);

    /// See [Lane#request].
    void request(int shard, Asked asked, Waiter waiter, long nowMillis);

    /// See [Lane#read].
    void read(int shard, PartitionAddress address, boolean linearizable, Waiter waiter, long nowMillis);

    /// See [Lane#receive].
    void receive(int shard, NodeId from, Message message, long nowMillis);

    /// See [Lane#change].
    void change(int shard, Change change, long nowMillis);

    /// See [Lane#force].
    void force(int shard, LossAccepted command, long nowMillis);

    /// See [Lane#foundOldCopy].
    void foundOldCopy(int shard, long nowMillis);

    /// See [Lane#resubmitted].
    void resubmitted(int shard, RequestId id);

    /// The index records of a type strictly greater than a position, of these shards only, in their order.
    ///
    /// @param limit the most records
    /// @throws StoreException if the index cannot be read
    List<IndexRecord> search(int type, SearchTag from, int limit, SortedSet<Integer> shards);

    /// The way to this node is open again.
    void reconnected(NodeId node, long nowMillis);

    /// Time has passed.
    void tick(long nowMillis);

    /// See [Lane#release].
    void release(long nowMillis);

    /// See [Lane#holdsBack].
    boolean holdsBack();

    /// Stores and answers, until no shard has anything to do.
    void flush();

    /// Stops every hosted shard, and leaves the store as it is.
    void stop(String why);

    /// See [Lane#close].
    void close();
}
