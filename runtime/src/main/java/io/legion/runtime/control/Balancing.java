package io.legion.runtime.control;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.placement.Raising;
import io.legion.core.placement.Rebalancing;
import io.legion.core.placement.Wish;
import io.legion.core.shard.Message;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks after the shards that this node hosts, again and again: tells where they are, drops those that are
/// over, and carries out the wishes of [Rebalancing].
public final class Balancing {
    /// How many times more often than usual it looks while shards move.
    private static final int QUICKER = 10;

    private final NodeState state;
    private final Membership membership;
    private final Deferring deferring;
    private final MissingShards missing;
    private final Invitations invitations;
    private final Dropping dropping;
    private final Replacing replacing;
    private final Leaving leaving;
    private final Versioning versioning;

    private long lookedMillis;

    /// How long after the last look the next one comes.
    private long pauseMillis;

    private List<Wish> wished = List.of();

    private boolean paused;

    /// The store turned out to be an older copy of itself.
    private boolean givenUp;

    public Balancing(
            NodeState state,
            Membership membership,
            Invitations invitations,
            Dropping dropping,
            Replacing replacing,
            Leaving leaving,
            Versioning versioning) {
        this.state = state;
        this.membership = membership;
        this.invitations = invitations;
        this.dropping = dropping;
        this.replacing = replacing;
        this.leaving = leaving;
        this.versioning = versioning;
        this.deferring = new Deferring(state);
        this.missing = new MissingShards(state);
    }

    /// An operator keeps the shards where they are, or does so no more.
    public void pause(boolean now) {
        if (now != paused) {
            state.logger.warning(
                    now
                            ? "An operator has paused rebalancing: this node has no shard copied or moved until it is"
                                    + " resumed, or this node starts again."
                            : "An operator has resumed rebalancing.");
        }
        paused = now;
    }

    public boolean isPaused() {
        return paused;
    }

    public void tick() {
        if (state.nowMillis - lookedMillis >= pauseMillis) {
            look();
        }
    }

    public void look() {
        lookedMillis = state.nowMillis;
        dropping.again();
        var statuses = statuses();
        if (gaveUp(statuses.values())) {
            return;
        }
        versioning.look(statuses.values());
        var replicas = new TreeMap<Integer, ReplicaStatus>();
        statuses.forEach((shard, status) -> {
            if (!isOver(shard, status) && !isBehind(shard, status)) {
                replicas.put(shard, status);
            }
        });
        replicas.forEach(this::tellWhere);
        membership.tellLeaving();
        wish(deferring.ready(rebalancing().wishes(replicas), replicas));
        missing.ask();
        replacing.look();
        leaving.look();
    }

    /// The status of each replica on this node, those included that the lane has begun by itself (R71).
    private SortedMap<Integer, ReplicaStatus> statuses() {
        var statuses = new TreeMap<Integer, ReplicaStatus>();
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            if (state.lane.isHosted(shard)) {
                state.hosted.add(shard);
                Optional<ReplicaStatus> status = state.lane.status(shard);
                if (status.isPresent()) {
                    statuses.put(shard, status.get());
                }
            }
        }
        return statuses;
    }

    /// R71: if one shard is an old copy, so is the store, and so are all shards in it.
    private boolean gaveUp(Collection<ReplicaStatus> statuses) {
        if (givenUp || statuses.stream().noneMatch(status -> status.phase() == ReplicaStatus.Phase.OLD_COPY)) {
            return false;
        }
        givenUp = true;
        state.hosted.forEach(shard -> state.lane.oldCopyDetected(shard, state.nowMillis));
        membership.giveUp();
        return true;
    }

    /// As long as each look finds other wishes than the one before, the next one comes soon: so the limit on
    /// copies holds up what moves, not the time between looks.
    private void wish(List<Wish> wishes) {
        long usual = state.settings.balanceMillis();
        boolean moves = !wishes.isEmpty() && !wishes.equals(wished);
        pauseMillis = moves ? usual / QUICKER : Math.min(usual, Math.max(1, 2 * pauseMillis));
        wished = wishes;
        wishes.forEach(this::carryOut);
    }

    private Rebalancing rebalancing() {
        return new Rebalancing(
                state.self,
                state.members,
                state.reachability,
                state.stoppedElsewhere,
                state.settings.rebalancing(),
                paused,
                state.nowMillis);
    }

    /// Which versions may become active, as far as this node has heard (R87).
    public Raising raising() {
        return rebalancing().raising();
    }

    private void carryOut(Wish wish) {
        switch (wish) {
            case Wish.Copy copy -> state.mail.add(copy.joiner(), new Item.Invite(copy.shard(), copy.sources()));
            case Wish.Propose propose -> state.lane.change(propose.shard(), propose.change(), state.nowMillis);
        }
    }

    /// Drops the shard if it is over here: no node needs the replica any more, or the copy was given up.
    private boolean isOver(int shard, ReplicaStatus status) {
        boolean over = switch (status.phase()) {
            case GONE -> true;
            case COPYING -> invitations.isUnwished(shard);
            case PARTICIPATING, REMOVED, DIVERGED, OVERRULED, OLD_COPY -> false;
        };
        return over && dropping.drop(shard);
    }

    /// True if this node has heard of a later epoch. Then it asks the participants of that epoch for what this
    /// replica lacks, and wishes nothing on the ground of the past. The replica's own participants may be gone;
    /// then it would never hear otherwise.
    private boolean isBehind(int shard, ReplicaStatus status) {
        ShardView latest = state.directory.find(shard);
        Overruled overruled = status.overruled();
        boolean asks = status.phase() == ReplicaStatus.Phase.PARTICIPATING
                || status.phase() == ReplicaStatus.Phase.REMOVED
                // The era that overruled it may have been overruled since.
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

    /// Tells all nodes when the participants have changed, if this node is the first reachable one of them.
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

    /// The participants of all shards hosted here.
    public List<NodeId> participants() {
        var nodes = new ArrayList<NodeId>();
        for (int shard : state.hosted) {
            state.lane
                    .status(shard)
                    .ifPresent(status -> status.participants().stream()
                            .map(ParticipantId::node)
                            .forEach(nodes::add));
        }
        return nodes.stream().distinct().toList();
    }
}
