package io.legion;

import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.operations.ForcedChange;
import io.legion.operations.OverruledCopy;
import io.legion.runtime.start.Assembly;
import io.legion.spi.Cluster;
import io.legion.spi.ClusterException;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.placement.Members;
import io.legion.core.shard.ReplicaStatus;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A node of a cluster: hosts shards of partitions on a [Store], and serves requests to all of them.
///
/// ```java
/// try (var store = MemoryStore.open(new MemoryStore.Config(new ByteSize(1 << 30)));
///         var cluster = SoloCluster.open();
///         var legion = Legion.open(settings, store, cluster, logger, monitor, accounts)) {
///     var bank = legion.partitions(accounts);
///     bank.request("alice", new Deposit(100));
/// }
/// ```
///
/// **Threads.** Every method may be called by any thread. Legion has a few threads of its own; most of the work
/// is done by the threads of its callers.
public interface Legion extends AutoCloseable {
    /// Starts a node: founds a cluster, joins one, or goes on with what the store holds, as
    /// [LegionSettings#startup()] says.
    ///
    /// The store and the cluster stay with the caller, who closes them after the Legion.
    ///
    /// @param types every partition type that is used or was used before
    /// @throws StartupException if the store and the settings do not fit
    /// @throws StoreException if the store fails
    /// @throws ClusterException if the node can not take part in the cluster
    /// @throws IllegalArgumentException if two types have one name
    static Legion open(
            LegionSettings settings,
            Store store,
            Cluster cluster,
            Logger logger,
            Monitor monitor,
            PartitionType<?>... types) {
        return Assembly.open(settings, store, cluster, logger, monitor, types);
    }

    /// The partitions of a type.
    ///
    /// @param type one of those that this Legion was opened with
    /// @throws IllegalArgumentException if it is none of them
    <S> Partitions<S> partitions(PartitionType<S> type);

    /// Who this node is, and what was fixed when its cluster was founded.
    StoreIdentity identity();

    /// The id of this node.
    NodeId node();

    /// How the replica of a shard stands on this node, or empty if the shard does not run here.
    ///
    /// @param shard from 0 to one less than the number of shards
    Optional<ReplicaStatus> status(int shard);

    /// Who belongs to the cluster, as far as this node has heard.
    Members members();

    /// Hands this node's shards over to the others and leaves the cluster for good: its identity is not used again.
    /// Requests are served meanwhile. To be called before [#close].
    ///
    /// @param patience how long to wait until everything is handed over; the handing over goes on after that
    /// @return true once everything is handed over; false if it takes longer, as it always does on the last node
    boolean leave(Duration patience);

    /// Declares that another node is out for good: its shards are taken over now, and it can not come back under its
    /// id. Without a majority of a shard's participants nothing changes for that shard until there is one again.
    ///
    /// @throws IllegalArgumentException if it is this node
    void eject(NodeId node);

    /// Declares that these nodes are lost for ever, and accepts that what only they hold is lost with them:
    /// every shard that takes part on this node and has no majority without them goes on with those left
    /// (R43). To be called on each node that is left, one after the other, until every shard is served again.
    ///
    /// That may cost events that were answered DURABLE. If the lost nodes live after all, and went on by
    /// themselves, it costs what they answered FINAL too: when they come back they give way, keep their
    /// copies aside, and list what is not in the history that goes on ([#overruledCopies]).
    ///
    /// @return what was done with each shard that takes part here
    List<ForcedChange> force(Set<NodeId> lost);

    /// The copies on this node that a forced change elsewhere has overruled, with the events that were lost by it.
    List<OverruledCopy> overruledCopies();

    /// Drops a copy that is kept aside, and its list: this node may take part in the shard again, with a fresh copy.
    ///
    /// @return false if the shard is not set apart here, or the store failed: then it is as before
    boolean dropOverruledCopy(int shard);

    /// Requests that were answered FAST, did not get into history when their node was removed, and were too
    /// old to be submitted again (R54): they were not applied. The latest 1,000, also of earlier starts.
    List<RequestId> lost();

    /// Stops this node: refuses what is new, waits for what is under way as long as
    /// [LegionSettings#closeTimeout()] allows, and tells the rest that the node closes. The store is then as
    /// the last answers say. Closing again does nothing.
    @Override
    void close();
}
