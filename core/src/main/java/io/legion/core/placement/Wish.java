package io.legion.core.placement;

import io.legion.core.NodeId;
import io.legion.core.shard.Change;
import java.util.List;

/// What [Rebalancing] wishes for one shard.
public sealed interface Wish {
    /// The shard.
    int shard();

    /// The node is to copy the shard from these, so that it can be added. Repeated for as long as it is wished.
    record Copy(int shard, NodeId joiner, List<NodeId> sources) implements Wish {}

    /// The participants are to be changed, by a proposal of this node.
    record Propose(int shard, Change change) implements Wish {}
}
