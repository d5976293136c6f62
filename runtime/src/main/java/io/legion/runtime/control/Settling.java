package io.legion.runtime.control;

import io.legion.runtime.node.NodeState;
import io.legion.core.placement.Member;
import io.legion.core.placement.Wish;
import io.legion.core.shard.ReplicaStatus;
import java.util.List;
import java.util.SortedMap;

/// Waits for the members to be the same for a moment before anything moves that need not (R62): nodes that are started
/// together come one after the other, and what is copied when one has come would be in vain when the next one comes.
final class Settling {
    /// For so many looks they are to be the same.
    private static final int LOOKS = 4;

    private final NodeState state;

    /// The members that shards can be moved to, and since when they are these.
    private List<Member> up = List.of();

    private long sinceMillis;

    Settling(NodeState state) {
        this.state = state;
    }

    /// The wishes without those that can wait, if members have come or gone a moment ago.
    List<Wish> settled(List<Wish> wishes, SortedMap<Integer, ReplicaStatus> replicas) {
        List<Member> now = state.members.with(Member.Status.UP);
        if (!now.equals(up)) {
            up = now;
            sinceMillis = state.nowMillis;
        }
        if (state.nowMillis - sinceMillis >= LOOKS * state.settings.balanceMillis()) {
            return wishes;
        }
        return wishes.stream()
                .filter(wish -> !(wish instanceof Wish.Copy copy) || isUrgent(copy, replicas))
                .toList();
    }

    /// There are not as many copies as there should be, or the joiner is a participant already (R46).
    private boolean isUrgent(Wish.Copy copy, SortedMap<Integer, ReplicaStatus> replicas) {
        ReplicaStatus status = replicas.get(copy.shard());
        return status == null
                || status.participants().size() < state.settings.rebalancing().factor()
                || status.participants().stream().anyMatch(p -> p.node().equals(copy.joiner()));
    }
}
