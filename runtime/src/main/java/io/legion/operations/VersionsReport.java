package io.legion.operations;

import io.legion.core.NodeId;
import java.util.List;
import java.util.Optional;

/// Which versions of the partition types are active, and what the next ones wait for, as one node knows it.
///
/// @param holding the nodes that hold the versions where they are, by an order or by their setting
/// @param types the partition types of the service, in the order of their names
/// @param unfit why this node cannot take part with its release of the service, and serves nothing; empty if it can
public record VersionsReport(List<NodeId> holding, List<OfType> types, Optional<Unfit> unfit) {
    /// A release of the service that does not run a version which is active.
    ///
    /// @param type the partition type, as `'venue'`, or as `with the number 1f` if the release does not have it
    /// @param version that is to be run; 0 if the release does not have the type, and nothing tells its version
    /// @param why what is known of it, and what to do, for people
    public record Unfit(String type, int version, String why) {
        /// What a release has to run.
        public String needed() {
            return version == 0
                    ? "the partition type " + type
                    : "version " + version + " of the partition type " + type;
        }
    }

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
