package io.legion.operations;

import io.legion.core.NodeId;
import java.time.Duration;
import java.util.List;

/// What [Operations#force] did with a shard, or would do ([Operations#wouldForce]).
public sealed interface ForcedChange {
    /// The shard's number.
    int shard();

    /// The change has begun, or would begin. If this node is the only survivor, it decides at once; else this
    /// node decides it as soon as the other survivors have promised. The log says so, and [Operations#shard]
    /// shows the new era.
    ///
    /// Of what only the lost nodes accepted, nobody left knows anything. What is known is the time within which
    /// they may have.
    ///
    /// @param survivors the participants that go on, this node among them
    /// @param lost the participants given up
    /// @param unheard for how long this node has heard nothing of the lost participant that it heard last: what
    ///     they accepted since, and a moment before, is lost
    record Begun(int shard, List<NodeId> survivors, List<NodeId> lost, Duration unheard) implements ForcedChange {}

    /// Nothing was changed, or nothing would be.
    ///
    /// @param explanation the reason, and what to do instead
    record Refused(int shard, Reason reason, String explanation) implements ForcedChange {}

    /// Why a shard is not forced.
    enum Reason {
        /// A majority is reachable: an ordinary change is enough.
        MAJORITY_ALIVE,
        /// A node declared lost is reachable and takes part.
        LOST_NODE_REACHABLE,
        /// A participant is unreachable and was not declared lost.
        SURVIVOR_UNREACHABLE,
        /// This node itself was declared lost, or none of the shard's participants was.
        NOT_CONCERNED,
        /// Participants not declared lost are known to be in a later epoch: this node must not decide.
        BEHIND
    }
}
