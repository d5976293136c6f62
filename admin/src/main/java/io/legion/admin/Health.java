package io.legion.admin;

import java.util.List;

/// Specification of how a node is: whether it can do its work, and which other nodes it knows.
///
/// **Failure.** A node that does not answer in time is not ready, which is a reason as any other. **Threads.**
/// Any; a call waits for a second at most.
public interface Health {
    /// All that decides whether the node should get requests.
    List<Check> checks();

    /// Why the node should get no requests now, each reason as a sentence; empty if it is ready for them.
    default List<String> reasonsAgainst() {
        return checks().stream().flatMap(check -> check.reasons().stream()).toList();
    }

    /// False if the node has done nothing for so long, though it was asked to, that only a new start helps.
    boolean isAlive();

    /// The other nodes of the cluster that are not gone for good, in the order of their ids; none if the node
    /// does not say in time.
    List<Peer> peers();

    /// Something that was looked at.
    ///
    /// @param name a word
    /// @param reasons what speaks against requests; empty if nothing does
    record Check(String name, List<String> reasons) {}

    /// Another node.
    ///
    /// @param address where the nodes reach it; empty if unknown
    /// @param reachable whether this node reaches it now
    record Peer(String node, String address, boolean reachable) {}
}
