package io.legion.runtime.control;

import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeState;
import io.legion.core.placement.Member;

/// Lets this node, if it is to leave, be out for good once it has handed over everything and nobody counts on it (R46).
public final class Leaving {
    /// For so many of the usual looks it hears from a participant of every shard before it leaves.
    private static final int LOOKS_BEFORE_LEAVING = 2;

    private final NodeState state;
    private final Membership membership;
    private boolean left;

    /// When a shard was last seen of which no participant could be reached.
    private long outOfTouchMillis;

    Leaving(NodeState state, Membership membership) {
        this.state = state;
        this.membership = membership;
    }

    /// True once this node has handed over everything and is out.
    boolean hasLeft() {
        return left;
    }

    /// To be called at each look, after what is over was dropped.
    void look() {
        noteTouch();
        boolean done = state.members.is(state.self, Member.Status.LEAVING)
                && state.hosted.isEmpty()
                && isInTouch()
                && !state.directory.isAnywhere(state.self);
        if (done) {
            left = true;
            membership.change(state.member(state.self).at(Member.Status.GONE));
            state.logger.info("This node, " + state.self + ", has handed over all its shards and is out.");
        }
    }

    private void noteTouch() {
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            ShardView view = state.directory.find(shard);
            if (view == null || view.participants().stream().noneMatch(p -> state.reachability.isReachable(p.node()))) {
                outOfTouchMillis = state.nowMillis;
                return;
            }
        }
    }

    /// Somebody may have made this node a participant without its knowing, and would wait for it for ever. So it goes
    /// only when it has been able to hear from a participant of every shard for some looks.
    private boolean isInTouch() {
        return state.nowMillis - outOfTouchMillis >= LOOKS_BEFORE_LEAVING * state.settings.balanceMillis();
    }
}
