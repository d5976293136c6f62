package io.legion.runtime.control;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.LossAccepted;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.Participants;
import io.legion.core.shard.ReplicaStatus;
import io.legion.operations.ForcedChange;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an operator can do when majorities are lost for ever: rule R43.
public final class ForcedChanges {
    /// A participant that is silent for this long, though its node is reachable, does not come any more.
    private static final long COMING_MILLIS = 10_000;

    private final NodeState state;
    private final Dropping dropping;

    public ForcedChanges(NodeState state, Dropping dropping) {
        this.state = state;
        this.dropping = dropping;
    }

    /// Forces the shards hosted here that have no majority without the lost nodes, and leaves the others alone.
    public List<ForcedChange> force(Set<NodeId> lost) {
        List<ForcedChange> changes = wouldForce(lost);
        for (ForcedChange change : changes) {
            if (change instanceof ForcedChange.Begun begun) {
                begin(begun);
            }
        }
        return changes;
    }

    private void begin(ForcedChange.Begun change) {
        state.logger.warning("An operator declares that the nodes " + change.lost() + " are lost: shard "
                + change.shard() + " goes on with " + change.survivors() + " without a majority. What only the lost"
                + " nodes hold, DURABLE or not, is not in its history.");
        state.lane.force(change.shard(), new LossAccepted(change.lost()), state.nowMillis);
    }

    /// What [#force] would do now.
    public List<ForcedChange> wouldForce(Set<NodeId> lost) {
        var changes = new ArrayList<ForcedChange>();
        for (int shard : state.hosted) {
            state.lane
                    .status(shard)
                    .filter(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING)
                    .ifPresent(status -> changes.add(change(shard, status, lost)));
        }
        return List.copyOf(changes);
    }

    private ForcedChange change(int shard, ReplicaStatus status, Set<NodeId> lost) {
        ForcedChange.Refused refused = refusal(shard, status, lost);
        return refused != null
                ? refused
                : new ForcedChange.Begun(
                        shard,
                        nodes(status).stream()
                                .filter(node -> !lost.contains(node))
                                .toList(),
                        nodes(status).stream().filter(lost::contains).toList(),
                        unheard(status, lost));
    }

    /// For how long nothing was heard of any of the lost participants.
    private static Duration unheard(ReplicaStatus status, Set<NodeId> lost) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < status.participants().size(); i++) {
            if (lost.contains(status.participants().get(i).node())) {
                least = Math.min(least, status.silentMillis().get(i));
            }
        }
        return Duration.ofMillis(least);
    }

    private static List<NodeId> nodes(ReplicaStatus status) {
        return status.participants().stream().map(ParticipantId::node).toList();
    }

    private ForcedChange.@Nullable Refused refusal(int shard, ReplicaStatus status, Set<NodeId> lost) {
        List<NodeId> all = nodes(status);
        List<NodeId> gone = all.stream().filter(lost::contains).toList();
        ShardView latest = state.directory.find(shard);
        if (gone.isEmpty() || lost.contains(state.self)) {
            return new ForcedChange.Refused(
                    shard,
                    ForcedChange.Reason.NOT_CONCERNED,
                    lost.contains(state.self)
                            ? "this node itself is declared lost; give the command to a node that goes on"
                            : "none of the shard's participants " + all + " is declared lost");
        }
        List<NodeId> ahead = latest == null || latest.epoch() <= status.epoch() ? List.of() : others(latest, lost);
        if (!ahead.isEmpty()) {
            return new ForcedChange.Refused(
                    shard,
                    ForcedChange.Reason.BEHIND,
                    "the nodes " + ahead + " are in a later epoch than this one; give the command to one of them, or"
                            + " declare them lost as well");
        }
        return refusal(shard, status, all, gone);
    }

    /// The other participants there that are not declared lost.
    private List<NodeId> others(ShardView view, Set<NodeId> lost) {
        return view.participants().stream()
                .map(ParticipantId::node)
                .filter(node -> !node.equals(state.self) && !lost.contains(node))
                .toList();
    }

    private ForcedChange.@Nullable Refused refusal(
            int shard, ReplicaStatus status, List<NodeId> all, List<NodeId> gone) {
        List<NodeId> answering =
                gone.stream().filter(node -> takesPart(status, node)).toList();
        List<NodeId> silent = all.stream()
                .filter(node -> !gone.contains(node) && !state.reachability.isReachable(node))
                .toList();
        // A participant that is declared lost and never came cannot vote for its own removal.
        long there = all.stream()
                .filter(node -> gone.contains(node) ? answering.contains(node) : state.reachability.isReachable(node))
                .count();
        if (2 * (all.size() - gone.size()) > all.size() || 2 * there > all.size()) {
            return new ForcedChange.Refused(
                    shard,
                    ForcedChange.Reason.MAJORITY_ALIVE,
                    "a majority of its participants " + all + " is there; eject the lost nodes, and they are replaced"
                            + " without any loss");
        }
        if (!answering.isEmpty()) {
            return new ForcedChange.Refused(
                    shard,
                    ForcedChange.Reason.LOST_NODE_REACHABLE,
                    "the nodes " + answering + " can be reached; they are not lost");
        }
        return silent.isEmpty()
                ? null
                : new ForcedChange.Refused(
                        shard,
                        ForcedChange.Reason.SURVIVOR_UNREACHABLE,
                        "the nodes " + silent + " cannot be reached and were not declared lost; bring one back, or"
                                + " declare them lost as well");
    }

    /// False for a participant that a decision named and that never came: it is lost for the shard, though its
    /// node is reachable.
    private boolean takesPart(ReplicaStatus status, NodeId node) {
        ParticipantId participant = Participants.find(status.participants(), node);
        if (participant == null || !state.reachability.isReachable(node)) {
            return false;
        }
        long silentMillis = status.silentMillis().get(status.participants().indexOf(participant));
        return status.entered().contains(participant) || silentMillis < COMING_MILLIS;
    }

    /// What the overruled replicas hosted here have found out, by shard.
    public SortedMap<Integer, Overruled> overruled() {
        var all = new TreeMap<Integer, Overruled>();
        for (int shard : state.hosted) {
            state.lane
                    .status(shard)
                    .filter(status -> status.phase() == ReplicaStatus.Phase.OVERRULED)
                    .map(ReplicaStatus::overruled)
                    .ifPresent(overruled -> all.put(shard, overruled));
        }
        return all;
    }

    public boolean drop(int shard) {
        boolean apart = state.lane
                .status(shard)
                .filter(status -> status.phase() == ReplicaStatus.Phase.OVERRULED)
                .isPresent();
        return apart && dropping.drop(shard);
    }
}
