package io.legion;

import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.operations.Operations;

/// A node of a cluster. It hosts shards of partitions on a [io.legion.spi.Store] and serves requests to every
/// partition.
///
/// ```java
/// try (var legion = Legion.named("bank").store(store).cluster(cluster).logger(logger).open(ACCOUNTS)) {
///     var bank = legion.partitions(ACCOUNTS);
///     bank.of("alice").request(new Deposit(100), FINAL);
/// }
/// ```
///
/// **Threads.** Any thread may call any method. Legion has a few threads of its own; its callers' threads do
/// most of the work.
public interface Legion extends AutoCloseable {
    /// Opens a Legion in memory and alone, for a first program or a test: what it holds is gone when it closes.
    ///
    /// @throws IllegalArgumentException as [LegionBuilder#open]
    static Legion open(String clusterName, PartitionType<?>... types) {
        return named(clusterName).open(types);
    }

    /// Begins to open a node of the cluster with this name.
    static LegionBuilder named(String clusterName) {
        return with(LegionSettings.named(clusterName));
    }

    /// Begins to open a node with these settings, as they come from a configuration.
    static LegionBuilder with(LegionSettings settings) {
        return new LegionBuilder(settings);
    }

    /// The partitions of a type.
    ///
    /// @param type one of those given to [LegionBuilder#open]
    /// @throws IllegalArgumentException if this Legion was not opened with the type
    <S> Partitions<S> partitions(PartitionType<S> type);

    /// Begins a session, which has seen nothing yet.
    Session session();

    /// Goes on with a session from its [Session#token()], on any node of the cluster.
    ///
    /// @throws IllegalArgumentException if the text is no token, is damaged, or is one of another cluster or of
    ///     another release
    Session session(String token);

    /// The id of this node.
    NodeId node();

    /// What an operator asks of this node and reads from it.
    Operations operations();

    /// Stops this node: refuses new requests, waits as long as [LegionSettings#closeTimeout()] allows for those
    /// under way, and fails the rest with [RequestException.Closed]. The store then has every answered event.
    ///
    /// Any thread may call it, also an interrupted one (it stays interrupted) and one that runs a callback of a
    /// stage. If several do, at the same time or later, all return when it is done. If a write of the store
    /// hangs for the whole time, this returns all the same, and the log says so.
    ///
    /// @throws IllegalStateException if an event closes the Legion that applies it
    @Override
    void close();
}
