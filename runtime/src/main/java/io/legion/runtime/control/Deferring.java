package io.legion.runtime.control;

import io.legion.core.placement.Member;
import io.legion.core.placement.Wish;
import io.legion.core.shard.Participants;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.node.NodeState;
import java.util.List;
import java.util.SortedMap;

/// Waits until the members have been the same for a moment before anything moves that need not (R62), and before a
/// version is raised (R87). Nodes that start together come one after the other: what is copied for one would be in vain
/// when the next one comes, and a node that has just started may not have heard of those of an older release.
final class Deferring {
    /// For how many looks they must be the same.
    private static final int LOOKS = 4;

    private final NodeState state;

    /// The members to which shards can move, and since when they are the same.
    private List<Member> up = List.of();

    private long sinceMillis;

    Deferring(NodeState state) {
        this.state = state;
    }

    /// The wishes without those that can wait, if members came or went a moment ago.
    List<Wish> ready(List<Wish> wishes, SortedMap<Integer, ReplicaStatus> replicas) {
        List<Member> now = state.members.with(Member.Status.UP);
        if (!now.equals(up)) {
            up = now;
            sinceMillis = state.nowMillis;
        }
        if (state.nowMillis - sinceMillis >= LOOKS * state.settings.balanceMillis()) {
            return wishes;
        }
        return wishes.stream()
                .filter(wish -> switch (wish) {
                    case Wish.Copy copy -> isUrgent(copy, replicas);
                    case Wish.Propose propose -> propose.change().raises().isEmpty();
                })
                .toList();
    }

    /// True if there are too few copies, or the joiner is a participant already (R46).
    private boolean isUrgent(Wish.Copy copy, SortedMap<Integer, ReplicaStatus> replicas) {
        ReplicaStatus status = replicas.get(copy.shard());
        return status == null
                || status.participants().size() < state.settings.rebalancing().replicas()
                || Participants.include(status.participants(), copy.joiner());
    }
}
