package io.legion.operations;

import io.legion.core.NodeId;
import java.util.List;

/// Which versions of the partition types are active, and what the next ones wait for, as one node knows it.
///
/// @param holding the nodes that hold the versions where they are, by an order or by their setting
/// @param types the partition types of the service, in the order of their names
public record VersionsReport(List<NodeId> holding, List<OfType> types) {
    /// One partition type.
    ///
    /// @param type its name
    /// @param least the lowest version that is active in a shard of this node; 0 if a shard does not have the
    ///     type yet
    /// @param most the highest one; above `least` while the shards are being raised one after the other
    /// @param indexing in how many shards of this node the index is computed anew: searches of the type wait for
    ///     them
    /// @param newest the newest version that a node has announced
    /// @param lacking the nodes whose release does not run the newest version: it waits for them
    /// @param announced what each node has announced, in the order of their ids
    public record OfType(
            String type,
            int least,
            int most,
            int indexing,
            int newest,
            List<NodeId> lacking,
            List<Announced> announced) {
        /// Whether a newer version than the active one has been announced.
        public boolean isRising() {
            return least < newest;
        }
    }

    /// What a node has announced of a type.
    ///
    /// @param node the node
    /// @param release what its release is called; empty if it has no name
    /// @param minimum the oldest version that it runs
    /// @param newest the newest one; 0 if it does not have the type, or is not known to have it
    public record Announced(NodeId node, String release, int minimum, int newest) {}
}
