package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import java.util.Optional;

/// A member of the cluster.
///
/// @param self true for the node that looks
/// @param reachable true if the node that looks can reach it
/// @param facts what it said; empty if it could not be asked
/// @param why why it could not be asked; empty if it was
/// @param trace what a connection to its address shows, if it cannot be reached
public record NodePicture(
        MemberReport member, boolean self, boolean reachable, Optional<NodeFacts> facts, String why, Trace trace) {

    /// What a connection to the address of a node shows that cannot be reached.
    public enum Trace {
        /// Nobody has looked.
        NONE,
        /// Nothing listens there: its process is gone.
        REFUSED,
        /// Something listens there: its process is there, and stands still, or is kept from answering.
        LISTENS,
        /// There is no word from there: the machine is off, or the network lets nothing through.
        SILENT
    }

    /// Its id.
    public NodeId node() {
        return member.node();
    }

    /// True if it belongs to the cluster still.
    public boolean isMember() {
        return member.status() != MemberReport.Status.GONE;
    }

    /// Its id, with its address where that is known, for people.
    public String name() {
        return member.address().isEmpty() ? node().toString() : node() + " (" + member.address() + ")";
    }
}
