package io.legion;

import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.placement.Members;
import io.legion.core.shard.ReplicaStatus;
import io.legion.operations.ForcedChange;
import io.legion.operations.OverruledCopy;
import io.legion.runtime.start.Assembly;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import io.legion.spi.ClusterException;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A node of a cluster. It hosts shards of partitions on a [Store] and serves requests to every partition.
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
/// **Threads.** Any thread may call any method. Legion has a few threads of its own; its callers' threads do
/// most of the work.
public interface Legion extends AutoCloseable {
    /// Starts a node: founds a cluster, joins one, or recovers what the store holds, as
    /// [LegionSettings#startup()] says.
    ///
    /// The caller keeps the store and the cluster, and closes both after the Legion.
    ///
    /// @param types every partition type that the service uses, or used before
    /// @throws StartupException if the store and the settings do not fit
    /// @throws StoreException if the store fails
    /// @throws ClusterException if the node cannot take part in the cluster
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
    /// @param type one of those given to [#open]
    /// @throws IllegalArgumentException if [#open] was not given this type
    <S> Partitions<S> partitions(PartitionType<S> type);

    /// This node's identity, with what was fixed when its cluster was founded.
    StoreIdentity identity();

    /// The id of this node.
    NodeId node();

    /// The status of a shard's replica on this node, or empty if the shard does not run here.
    ///
    /// @param shard from 0 to one less than the number of shards
    Optional<ReplicaStatus> status(int shard);

    /// The members of the cluster, as far as this node has heard.
    Members members();

    /// Hands this node's shards over to the other nodes and leaves the cluster; its identity is never used
    /// again. The node serves requests meanwhile. Call it before [#close].
    ///
    /// @param patience how long to wait for the handover, which goes on after that
    /// @return true once the node has handed over everything; false if that takes longer, as it always does on
    ///     the last node
    boolean leave(Duration patience);

    /// Declares that another node is gone: the other nodes take over its shards now, and it cannot come back
    /// under its id. A shard without a majority of its participants changes only once it has one again.
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

    /// The copies on this node that a forced change elsewhere has overruled, and the events that the change
    /// lost.
    List<OverruledCopy> overruledCopies();

    /// Drops a copy that is set apart, with its list. This node may then take part in the shard again, with a
    /// fresh copy.
    ///
    /// @return false if the shard is not set apart here, or the store failed: then the copy is as before, or
    ///     only records of the index are left, which go later
    boolean dropOverruledCopy(int shard);

    /// Requests that were answered FAST, did not get into history when their node was removed, and were too old
    /// to submit again (R54): they were not applied. The latest 1,000, those of earlier starts included.
    List<RequestId> lost();

    /// Stops this node: refuses new requests, waits as long as [LegionSettings#closeTimeout()] allows for those
    /// under way, and fails the rest with [RequestException.Closed]. The store is then as the last answers say.
    /// Closing again does nothing.
    @Override
    void close();
}
