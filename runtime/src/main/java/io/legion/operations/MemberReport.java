package io.legion.operations;

import io.legion.core.NodeId;

/// A member of the cluster.
///
/// @param status how far it is in its life
/// @param weight its share of the shards, compared with other members
/// @param zone the name of what fails together with it; empty if unknown
/// @param address where the others reach it; empty if unknown
public record MemberReport(NodeId node, Status status, double weight, String zone, String address) {
    /// How far a member is in its life. It only moves forward.
    public enum Status {
        /// Has come, and holds no shards yet.
        JOINING,
        /// Placement may choose it as a participant.
        UP,
        /// Hands over its shards.
        LEAVING,
        /// Is out, and its id is never used again.
        GONE
    }
}
