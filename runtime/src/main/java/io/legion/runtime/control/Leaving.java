package io.legion.runtime.control;

import io.legion.core.ParticipantId;
import io.legion.core.placement.Member;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeState;

/// Takes this node out of the cluster, if it is leaving, once it has handed over everything and no node counts
/// on it (R46).
public final class Leaving {
    /// How often a participant must say that it knows: once when it hears of it, and then at each of its looks, after
    /// it has said where its shards are. What it had proposed before is decided by then.
    private static final int TIMES_KNOWN = 3;

    /// For how many usual looks that must have been so.
    private static final int LOOKS_BEFORE_LEAVING = 2;

    /// Requests that are submitted again are in history after a moment, usually.
    private static final long PATIENCE_MILLIS = 10_000;

    private final NodeState state;
    private final Membership membership;
    private boolean left;
    private boolean said;

    /// Since when only saved requests are left, if they are.
    private long savedSinceMillis;

    /// When this node last saw a shard of which no participant knew, or not all that it could reach.
    private long unknownMillis;

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
        if (!isKnownEverywhere()) {
            unknownMillis = state.nowMillis;
        }
        if (left || !hasHandedOver()) {
            sayWhatIsLeft();
            return;
        }
        if (state.members.is(state.self, Member.Status.GONE)) {
            out();
        } else if (state.members.is(state.self, Member.Status.LEAVING)
                && state.nowMillis - unknownMillis >= LOOKS_BEFORE_LEAVING * state.settings.balanceMillis()
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

    /// Others may have added this node to a shard without its knowing, and would wait for it for ever. So it leaves
    /// only when the participants of every shard that it can reach, at least one, know that it does.
    private boolean isKnownEverywhere() {
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            ShardView view = state.directory.find(shard);
            if (view == null || !isKnown(view)) {
                return false;
            }
        }
        return true;
    }

    private boolean isKnown(ShardView view) {
        var reachable = view.participants().stream()
                .map(ParticipantId::node)
                .filter(state.reachability::isReachable)
                .toList();
        return !reachable.isEmpty() && reachable.stream().allMatch(node -> membership.timesKnown(node) >= TIMES_KNOWN);
    }
}
