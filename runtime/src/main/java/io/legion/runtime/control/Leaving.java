package io.legion.runtime.control;

import io.legion.core.placement.Member;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeState;

/// Takes this node out of the cluster, if it is leaving, once it has handed over everything and no node counts
/// on it (R46).
public final class Leaving {
    /// For how many usual looks it must reach a participant of every shard before it leaves.
    private static final int LOOKS_BEFORE_LEAVING = 2;

    /// Requests that are submitted again are in history after a moment, usually.
    private static final long PATIENCE_MILLIS = 10_000;

    private final NodeState state;
    private final Membership membership;
    private boolean left;
    private boolean said;

    /// Since when only saved requests are left, if they are.
    private long savedSinceMillis;

    /// When this node last saw a shard without a reachable participant.
    private long outOfTouchMillis;

    public Leaving(NodeState state, Membership membership) {
        this.state = state;
        this.membership = membership;
    }

    /// True once this node has handed over everything and is out.
    public boolean hasLeft() {
        return left;
    }

    /// Called at each look, after the node has dropped what is over.
    public void look() {
        noteTouch();
        if (left || !hasHandedOver()) {
            sayWhatIsLeft();
            return;
        }
        if (state.members.is(state.self, Member.Status.GONE)) {
            out();
        } else if (state.members.is(state.self, Member.Status.LEAVING)
                && isInTouch()
                && !state.directory.isAnywhere(state.self)) {
            membership.change(state.member(state.self).at(Member.Status.GONE));
            out();
        }
    }

    /// True if nothing is here any more that another node lacks: no shard, and no request saved from a copy that had
    /// stopped (R76).
    private boolean hasHandedOver() {
        return state.hosted.isEmpty() && !state.maySaveRequests;
    }

    /// Once, so that nobody wonders why a node without shards stays.
    private void sayWhatIsLeft() {
        boolean leaves =
                state.members.is(state.self, Member.Status.LEAVING) || state.members.is(state.self, Member.Status.GONE);
        if (left || !leaves || !state.hosted.isEmpty() || !state.maySaveRequests) {
            savedSinceMillis = state.nowMillis;
        } else if (!said && state.nowMillis - savedSinceMillis >= PATIENCE_MILLIS) {
            said = true;
            state.logger.warning(
                    "This node, " + state.self + ", has handed over its shards, and stays until requests"
                            + " that it saved from a copy that had stopped are submitted again. If it stays for long, its store"
                            + " cannot be read or written, or the other nodes take the requests no more: see earlier messages.");
        }
    }

    private void out() {
        left = true;
        state.logger.info("This node, " + state.self + ", has handed over all that it had and is out.");
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

    /// Others may have added this node to a shard without its knowing, and would wait for it for ever. So it
    /// leaves only when it has been able to reach a participant of every shard for some looks.
    private boolean isInTouch() {
        return state.nowMillis - outOfTouchMillis >= LOOKS_BEFORE_LEAVING * state.settings.balanceMillis();
    }
}
