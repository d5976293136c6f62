package io.legion.runtime;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.placement.Member;
import io.legion.core.placement.Rebalancing;
import io.legion.core.placement.Wish;
import io.legion.core.shard.Message;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks after the shards that this node hosts: tells where they are, lets go of what is over, begins copies that
/// others wish for, and carries out what [Rebalancing] wishes.
final class Balancing {
    /// A copy that nobody has wished for during so many looks is given up.
    private static final int UNWISHED_LOOKS = 60;

    /// How many times oftener than usual it looks while shards move.
    private static final int QUICKER = 10;

    /// For so many of the usual looks it hears from a participant of every shard before it leaves.
    private static final int LOOKS_BEFORE_LEAVING = 2;

    private final NodeState state;
    private final Membership membership;
    private final Settling settling;
    private final MissingShards missing;
    private final Store store;

    /// The shards that could not be dropped to the end when that was tried.
    private final TreeSet<Integer> undropped = new TreeSet<>();

    /// When somebody last wished for a copy, by shard.
    private final TreeMap<Integer, Long> invited = new TreeMap<>();
    private long lookedMillis;
    /// How long after the last look the next one comes.
    private long pauseMillis;

    private List<Wish> wished = List.of();
    private boolean left;

    /// When a shard was last seen of which no participant could be reached.
    private long outOfTouchMillis;

    /// The store was found to be an older copy of itself.
    private boolean givenUp;

    Balancing(NodeState state, Membership membership, Store store) {
        this.state = state;
        this.membership = membership;
        this.store = store;
        this.settling = new Settling(state);
        this.missing = new MissingShards(state);
    }

    /// True once this node has handed over everything and is out.
    boolean hasLeft() {
        return left;
    }

    void tick() {
        if (state.nowMillis - lookedMillis >= pauseMillis) {
            look();
        }
    }

    void look() {
        lookedMillis = state.nowMillis;
        List.copyOf(undropped).stream().filter(this::isHalfDropped).forEach(this::drop);
        var standing = standing();
        if (gaveUp(standing.values())) {
            return;
        }
        var replicas = new TreeMap<Integer, ReplicaStatus>();
        standing.forEach((shard, status) -> {
            if (!isOver(shard, status) && !isBehind(shard, status)) {
                replicas.put(shard, status);
            }
        });
        replicas.forEach(this::tellWhere);
        wish(settling.settled(rebalancing().wishes(replicas), replicas));
        missing.ask();
        noteTouch();
        leaveIfDone();
    }

    /// How the replicas on this node stand, those too that lanes have begun by themselves (R71).
    private SortedMap<Integer, ReplicaStatus> standing() {
        var standing = new TreeMap<Integer, ReplicaStatus>();
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            if (state.lanes().isHosted(shard)) {
                state.hosted.add(shard);
                Optional<ReplicaStatus> status = state.lanes().status(shard);
                if (status.isPresent()) {
                    standing.put(shard, status.get());
                }
            }
        }
        return standing;
    }

    /// R71: what was found of one shard is true of the store, and so of all shards in it.
    private boolean gaveUp(Collection<ReplicaStatus> standing) {
        if (givenUp || standing.stream().noneMatch(status -> status.phase() == ReplicaStatus.Phase.OLD_COPY)) {
            return false;
        }
        givenUp = true;
        state.hosted.forEach(shard -> state.lanes().foundOldCopy(shard, state.nowMillis));
        membership.giveUp();
        return true;
    }

    /// As long as each look finds something else to wish than the one before, the next one comes soon: so what moves is
    /// held up by the limit on copies, not by the time between looks.
    private void wish(List<Wish> wishes) {
        long usual = state.settings.balanceMillis();
        boolean moves = !wishes.isEmpty() && !wishes.equals(wished);
        pauseMillis = moves ? usual / QUICKER : Math.min(usual, Math.max(1, 2 * pauseMillis));
        wished = wishes;
        wishes.forEach(this::carryOut);
    }

    private Rebalancing rebalancing() {
        return new Rebalancing(
                state.self, state.members, state.reachability, state.settings.rebalancing(), state.nowMillis);
    }

    private void carryOut(Wish wish) {
        switch (wish) {
            case Wish.Copy copy -> state.mail.add(copy.joiner(), new Item.Invite(copy.shard(), copy.sources()));
            case Wish.Propose propose -> state.lanes().change(propose.shard(), propose.change(), state.nowMillis);
        }
    }

    /// Drops the shard if it is over here: nobody needs the replica any more, or the copy was given up.
    private boolean isOver(int shard, ReplicaStatus status) {
        boolean over = switch (status.phase()) {
            case GONE -> true;
            case COPYING -> isUnwished(shard);
            case PARTICIPATING, REMOVED, SET_APART, OVERRULED, OLD_COPY -> false;
        };
        return over && drop(shard);
    }

    /// True if others were heard to be in a later epoch: then they are asked for what this replica lacks, and nothing
    /// is wished on the ground of what is past. Its own participants may be gone, so that it would never hear.
    private boolean isBehind(int shard, ReplicaStatus status) {
        ShardView latest = state.directory.find(shard);
        Overruled overruled = status.overruled();
        boolean asks = status.phase() == ReplicaStatus.Phase.PARTICIPATING
                || status.phase() == ReplicaStatus.Phase.REMOVED
                // Who overruled it may have been overruled since.
                || (overruled != null && !overruled.complete());
        long known = overruled == null ? status.epoch() : overruled.epoch();
        if (!asks || latest == null || latest.epoch() <= known) {
            return false;
        }
        latest.participants().stream()
                .map(ParticipantId::node)
                .filter(node -> !node.equals(state.self) && state.reachability.isReachable(node))
                .forEach(node ->
                        state.mail.add(node, new Item.ForShard(shard, new Message.AskDecisions(status.epoch()))));
        return true;
    }

    private boolean isUnwished(int shard) {
        Long last = invited.get(shard);
        long patience = UNWISHED_LOOKS * state.settings.balanceMillis();
        return last == null || state.nowMillis - last >= patience;
    }

    /// Takes the shard away; false if the store failed: then it is tried again at later looks, and the shard does not
    /// come here before.
    boolean drop(int shard) {
        try {
            state.lanes().drop(shard);
            state.hosted.remove(shard);
            invited.remove(shard);
            undropped.remove(shard);
            return true;
        } catch (RuntimeException failure) {
            tellUndropped(shard, failure);
            return false;
        }
    }

    /// Once, however often it fails.
    private void tellUndropped(int shard, RuntimeException failure) {
        if (undropped.add(shard)) {
            state.logger.error(
                    "What shard " + shard + " had here could not be dropped: " + failure.getMessage()
                            + " It is tried again; until it succeeds the shard takes no part here.",
                    failure);
        }
    }

    /// What had been begun to be dropped when this node stopped is finished by the next look.
    void recovered() {
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            if (isHalfDropped(shard)) {
                undropped.add(shard);
                state.hosted.add(shard);
            }
        }
    }

    private boolean isHalfDropped(int shard) {
        try {
            return ShardWipe.isBegun(store, shard);
        } catch (StoreException _) {
            // Whatever reads more of the store than this says so.
            return false;
        }
    }

    /// Tells everybody when the participants have changed; by the first of them that can be reached.
    private void tellWhere(int shard, ReplicaStatus status) {
        Overruled overruled = status.overruled();
        if (overruled != null) {
            state.directory.learn(new ShardView(shard, overruled.epoch(), overruled.participants()));
        }
        if (status.phase() != ReplicaStatus.Phase.PARTICIPATING && status.phase() != ReplicaStatus.Phase.REMOVED) {
            return;
        }
        var view = new ShardView(shard, status.epoch(), status.participants());
        Optional<NodeId> first = view.participants().stream()
                .map(ParticipantId::node)
                .filter(state.reachability::isReachable)
                .findFirst();
        if (state.directory.learn(view) && first.equals(Optional.of(state.self))) {
            state.broadcast(new Item.Views(List.of(view)));
        }
    }

    /// R44: somebody wishes this node to copy a shard, and sees from the pieces it sends that the copy is ready.
    void invited(int shard, List<NodeId> sources) {
        boolean welcome =
                (state.members.is(state.self, Member.Status.UP) || isNamed(shard)) && !sources.contains(state.self);
        if (!welcome || sources.isEmpty()) {
            return;
        }
        if (!state.hosted.contains(shard) || isCopying(shard)) {
            invited.put(shard, state.nowMillis);
            state.hosted.add(shard);
            state.lanes().join(shard, sources);
        }
    }

    /// Others take it for a participant: so that they go on, it comes, even if it is about to leave.
    private boolean isNamed(int shard) {
        ShardView view = state.directory.find(shard);
        return view != null && view.includes(state.self) && state.members.is(state.self, Member.Status.LEAVING);
    }

    private boolean isCopying(int shard) {
        return state.lanes()
                .status(shard)
                .map(status -> status.phase() == ReplicaStatus.Phase.COPYING)
                .orElse(false);
    }

    private void leaveIfDone() {
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

    /// R46: somebody may have made this node a participant without its knowing, and would wait for it for ever. So
    /// it goes only when it has been able to hear from a participant of every shard for some looks.
    private boolean isInTouch() {
        return state.nowMillis - outOfTouchMillis >= LOOKS_BEFORE_LEAVING * state.settings.balanceMillis();
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

    /// The participants of all shards that are hosted here.
    List<NodeId> participants() {
        var nodes = new ArrayList<NodeId>();
        for (int shard : state.hosted) {
            state.lanes()
                    .status(shard)
                    .ifPresent(status -> status.participants().stream()
                            .map(ParticipantId::node)
                            .forEach(nodes::add));
        }
        return nodes.stream().distinct().toList();
    }
}
