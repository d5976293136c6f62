package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import java.time.Duration;
import java.util.Optional;

/// A member of the cluster.
///
/// @param self true for the node that looks
/// @param reachable true if the node that looks can reach it
/// @param facts what it said; empty if it could not be asked
/// @param why why it could not be asked; empty if it was
/// @param trace what a connection to its address shows, if it gave no answer
/// @param steady for how long whoever looks has known it as it is: giving answers since one start, or giving
///     none
public record NodePicture(
        MemberReport member,
        boolean self,
        boolean reachable,
        Optional<NodeFacts> facts,
        String why,
        Trace trace,
        Duration steady) {

    /// What a connection to the address of a node shows that gives no answer.
    public enum Trace {
        /// Nobody has looked.
        NONE,
        /// Nothing answers at its port: its process is gone, or a firewall refuses.
        REFUSED,
        /// Something listens there: its process is there, and stands still, or is kept from answering.
        LISTENS,
        /// There is no word from there: the machine is off, or the network lets nothing through.
        SILENT
    }

    /// The same, with what a connection to its address shows.
    NodePicture showing(Trace shown) {
        return new NodePicture(member, self, reachable, facts, why, shown, steady);
    }

    /// The same, as of a node that could not be asked.
    ///
    /// @param reason why
    NodePicture withoutAnswer(String reason) {
        return new NodePicture(member, self, reachable, Optional.empty(), reason, trace, steady);
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
