package io.legion.core.placement;

import io.legion.core.NodeId;
import io.legion.core.shard.Change;
import java.util.List;

/// What [Rebalancing] wishes for one shard.
public sealed interface Wish {
    /// The shard.
    int shard();

    /// The joiner is to copy the shard from these sources, so that it can be added. Repeated while it holds.
    record Copy(int shard, NodeId joiner, List<NodeId> sources) implements Wish {}

    /// This node is to propose this change of the participants.
    record Propose(int shard, Change change) implements Wish {}
}
