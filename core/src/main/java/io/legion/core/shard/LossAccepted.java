package io.legion.core.shard;

import io.legion.core.NodeId;
import java.util.List;

/// An operator's command to decide without a majority (R43), by saying what is given up for it: whatever only these
/// nodes hold. That may be events that were answered DURABLE, and, if these nodes live and go on without this one,
/// answers FINAL as well.
///
/// @param lost the nodes that are declared lost: half or more of the shard's participants
public record LossAccepted(List<NodeId> lost) {
    /// The same with a list of its own.
    public LossAccepted {
        lost = List.copyOf(lost);
    }
}
