package io.legion.core.shard;

import io.legion.core.NodeId;
import java.util.List;

/// An operator's command to decide without a majority (R43). It gives up whatever only the lost nodes hold:
/// that may be events answered DURABLE, and, if they live and go on without this one, answers FINAL as well.
///
/// @param lost the nodes that are declared lost: half or more of the shard's participants
public record LossAccepted(List<NodeId> lost) {
    /// Copies the list.
    public LossAccepted {
        lost = List.copyOf(lost);
    }
}
