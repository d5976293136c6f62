package io.legion.runtime.control;

import io.legion.core.NodeId;
import io.legion.core.placement.Member;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeState;
import java.util.List;
import java.util.TreeMap;

/// The copies that other nodes wish this node to make (R44). This node begins a copy at the first wish, and
/// gives it up when no wish comes any more.
public final class Invitations {
    /// After how many looks without a wish this node gives up a copy.
    private static final int UNWISHED_LOOKS = 60;

    private final NodeState state;

    /// When another node last wished for a copy, by shard.
    private final TreeMap<Integer, Long> invited = new TreeMap<>();

    public Invitations(NodeState state) {
        this.state = state;
    }

    /// Another node wishes this node to copy a shard. It sees from the pieces that it sends when the copy is
    /// ready.
    public void invited(int shard, List<NodeId> sources) {
        boolean welcome =
                (state.members.is(state.self, Member.Status.UP) || isNamed(shard)) && !sources.contains(state.self);
        if (!welcome || sources.isEmpty()) {
            return;
        }
        if (!state.hosted.contains(shard) || isCopying(shard)) {
            invited.put(shard, state.nowMillis);
            state.hosted.add(shard);
            state.lane.join(shard, sources);
        }
    }

    /// True if others take this leaving node for a participant: it comes all the same, so that they can go on.
    private boolean isNamed(int shard) {
        ShardView view = state.directory.find(shard);
        return view != null && view.includes(state.self) && state.members.is(state.self, Member.Status.LEAVING);
    }

    private boolean isCopying(int shard) {
        return state.lane
                .status(shard)
                .map(status -> status.phase() == ReplicaStatus.Phase.COPYING)
                .orElse(false);
    }

    /// True if no node has wished for a copy of the shard for long.
    boolean isUnwished(int shard) {
        Long last = invited.get(shard);
        long patience = UNWISHED_LOOKS * state.settings.balanceMillis();
        return last == null || state.nowMillis - last >= patience;
    }

    /// The shard was dropped.
    public void forget(int shard) {
        invited.remove(shard);
    }
}
