package io.legion.admin;

import java.util.List;

/// Specification of how a node is: whether it can do its work, and which other nodes it knows.
///
/// **Failure.** A node whose store does not answer does not answer here either. **Threads.** Any; each call
/// waits until the node has a moment for it.
public interface Health {
    /// Why the node should get no requests now, each reason as a sentence; empty if it is ready for them.
    List<String> reasonsAgainst();

    /// The other nodes of the cluster that are not gone for good, in the order of their ids.
    List<Peer> peers();

    /// Another node.
    ///
    /// @param address where the nodes reach it; empty if unknown
    /// @param reachable whether this node reaches it now
    record Peer(String node, String address, boolean reachable) {}
}
