package io.legion.core.placement;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Change;
import io.legion.core.shard.Participants;
import io.legion.core.shard.Raise;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The policy that leads from the present participants of shards to the wished-for ones: rules R35, R62, R63 and
/// R76.
///
/// For each shard, the first participant that can be reached does at most one thing at a time:
///
/// 1. it removes a dead or stopped participant at once, if a majority is there to decide it: nothing folds till then;
/// 2. it adds a wished-for node that has copied the shard;
/// 3. it tells a wished-for node that can be reached to copy the shard, within the limit on copies;
/// 4. once all wished-for nodes take part, it removes a surplus participant;
/// 5. if nothing of this is to do, it raises the versions that all members run (R87).
///
/// The policy works on one node's view at one moment and changes nothing.
public final class Rebalancing {
    /// A participant that can be reached must copy if it was silent for this long since its addition.
    private static final long SILENT_MILLIS = 1_000;

    private final Members members;
    private final Reachability reachability;
    private final StoppedCopies stopped;
    private final RebalancingSettings settings;
    private final NodeId self;
    private final boolean paused;
    private final Raising raising;
    private final long nowMillis;

    /// As `self` sees things now.
    ///
    /// @param paused true while an operator keeps shards where they are: then it removes only what is dead or has
    ///     stopped, and ends what has begun
    public Rebalancing(
            NodeId self,
            Members members,
            Reachability reachability,
            StoppedCopies stopped,
            RebalancingSettings settings,
            boolean paused,
            long nowMillis) {
        this.self = self;
        this.members = members;
        this.reachability = reachability;
        this.stopped = stopped;
        this.settings = settings;
        this.paused = paused;
        this.nowMillis = nowMillis;
        this.raising = new Raising(members, this::isDead);
    }

    /// Which versions may become active.
    public Raising raising() {
        return raising;
    }

    /// What to do now.
    ///
    /// @param replicas how this node's replicas stand, by shard
    /// @return at most one wish for each shard; the changes come first, then the copies, the most urgent first
    public List<Wish> wishes(SortedMap<Integer, ReplicaStatus> replicas) {
        var eligible = members.with(Member.Status.UP).stream()
                .filter(member -> !isDead(member.node()))
                .toList();
        var proposals = new ArrayList<Wish>();
        var copies = new TreeMap<Integer, List<Wish>>();
        for (Map.Entry<Integer, ReplicaStatus> replica : replicas.entrySet()) {
            Wish wish = wish(replica.getKey(), replica.getValue(), eligible);
            if (wish instanceof Wish.Propose propose) {
                if (isPrudent(replica.getKey(), replica.getValue().participants(), propose.change())) {
                    proposals.add(wish);
                }
            } else if (wish != null) {
                int participants = replica.getValue().participants().size();
                copies.computeIfAbsent(Math.min(participants, settings.replicas()), _ -> new ArrayList<>())
                        .add(wish);
            }
        }
        copies.values().stream()
                .flatMap(List::stream)
                .limit(settings.copiesAtOnce())
                .forEach(proposals::add);
        return List.copyOf(proposals);
    }

    private @Nullable Wish wish(int shard, ReplicaStatus status, List<Member> eligible) {
        if (!isAble(status) || !hasMajority(shard, status.participants())) {
            return null;
        }
        if (status.frozen()) {
            // The decision that would end the epoch may wait for the very participant that has not come.
            return isFirst(shard, status.participants(), List.of()) ? late(shard, status) : null;
        }
        List<NodeId> wished = Placement.wished(shard, welcoming(shard, status, eligible), settings.replicas());
        if (!isFirst(shard, status.participants(), List.of())) {
            return !paused && isFirst(shard, status.participants(), unwished(status, wished))
                    ? removal(shard, status, wished)
                    : null;
        }
        Wish urgent = burial(shard, status, paused ? List.of() : wished);
        Wish moved = urgent != null || paused ? urgentOrLate(shard, status, urgent) : moving(shard, status, wished);
        return moved != null ? moved : raise(shard, status);
    }

    private @Nullable Wish urgentOrLate(int shard, ReplicaStatus status, @Nullable Wish urgent) {
        return urgent != null ? urgent : late(shard, status);
    }

    private @Nullable Wish moving(int shard, ReplicaStatus status, List<NodeId> wished) {
        Wish added = addition(shard, status, wished);
        // A participant that is to go itself leaves the removals to those that stay.
        return added != null || !wished.contains(self) ? added : removal(shard, status, wished);
    }

    /// R87: versions that all members run, once the epoch is settled and quiet.
    private @Nullable Wish raise(int shard, ReplicaStatus status) {
        List<Raise> due = areAllThere(shard, status) ? raising.due(status.versions()) : List.of();
        return due.isEmpty() ? null : new Wish.Propose(shard, Change.raising(due));
    }

    /// R76, R87: the members that take a copy of the shard, and run its active versions.
    private List<Member> welcoming(int shard, ReplicaStatus status, List<Member> eligible) {
        return eligible.stream()
                .filter(member -> !stopped.isKept(member.node(), shard))
                .filter(member -> runs(member, status.versions()))
                .toList();
    }

    private static boolean runs(Member member, SortedMap<Integer, Integer> active) {
        return !member.release().isKnown()
                || active.entrySet().stream()
                        .allMatch(
                                type -> type.getValue() == 0 || member.release().runs(type.getKey(), type.getValue()));
    }

    /// True for a node that can be reached, and whose copy of the shard has not stopped (R76).
    private boolean answers(int shard, NodeId node) {
        return reachability.isReachable(node) && !stopped.isStopped(node, shard);
    }

    /// A participant whose node was declared gone leaves everything to the others, unless none of them has
    /// entered: then it hands over what only it has.
    private boolean isAble(ReplicaStatus status) {
        return status.phase() == ReplicaStatus.Phase.PARTICIPATING
                && !status.returning()
                && (!isDead(self) || status.entered().stream().allMatch(p -> isDead(p.node())));
    }

    /// R35: without a majority nothing can be decided.
    private boolean hasMajority(int shard, List<ParticipantId> participants) {
        long there = participants.stream()
                .filter(participant -> answers(shard, participant.node()))
                .count();
        return there > participants.size() / 2;
    }

    /// R35: as far as this node knows, enough of the staying participants can promise. If they do not, an epoch
    /// freezes in vain.
    private boolean isPrudent(int shard, List<ParticipantId> participants, Change change) {
        var staying = participants.stream()
                .filter(participant -> !change.removed().contains(participant))
                .toList();
        long there = staying.stream()
                .filter(participant -> answers(shard, participant.node()))
                .count();
        return there >= change.leastPromises(staying.size());
    }

    /// R62: true if this node is the first participant that can be reached, apart from those.
    private boolean isFirst(int shard, List<ParticipantId> participants, List<ParticipantId> apart) {
        for (ParticipantId participant : participants) {
            NodeId node = participant.node();
            if (!apart.contains(participant) && answers(shard, node) && (node.equals(self) || !isDead(node))) {
                return participant.node().equals(self);
            }
        }
        return false;
    }

    /// R63: out of reach for longer than is allowed, or declared gone by a person.
    private boolean isDead(NodeId node) {
        boolean overdue = settings.replaceAfterMillis() > 0
                && reachability.unreachableMillis(node, nowMillis) >= settings.replaceAfterMillis();
        return overdue || members.is(node, Member.Status.GONE);
    }

    /// R76: its node has said so for longer than is allowed.
    private boolean hasStopped(int shard, NodeId node) {
        return stopped.isOverdue(node, shard, settings.replaceStoppedAfterMillis(), nowMillis);
    }

    private @Nullable Wish burial(int shard, ReplicaStatus status, List<NodeId> wished) {
        List<ParticipantId> dead = status.participants().stream()
                .filter(participant -> isDead(participant.node()) || hasStopped(shard, participant.node()))
                .filter(participant -> !participant.node().equals(self))
                .toList();
        if (dead.isEmpty()) {
            return null;
        }
        return new Wish.Propose(shard, new Change(dead, ready(status, wished)));
    }

    /// The first wished-for node that has copied the shard and can be reached, if there is one.
    private List<NodeId> ready(ReplicaStatus status, List<NodeId> wished) {
        return missing(status, wished).stream()
                .filter(status.readyJoiners()::contains)
                .limit(1)
                .toList();
    }

    private List<NodeId> missing(ReplicaStatus status, List<NodeId> wished) {
        return wished.stream()
                .filter(reachability::isReachable)
                .filter(node -> !Participants.include(status.participants(), node))
                .toList();
    }

    /// Adds a participant once all present ones have entered the epoch and can be reached. Until then nothing
    /// folds anyway, and an added node that does not come might be followed by a second one.
    private @Nullable Wish addition(int shard, ReplicaStatus status, List<NodeId> wished) {
        List<NodeId> ready = ready(status, wished);
        if (!ready.isEmpty() && areAllThere(shard, status)) {
            return new Wish.Propose(shard, new Change(List.of(), ready));
        }
        return lateJoiner(shard, status)
                .or(() -> missing(status, wished).stream().findFirst())
                .map(joiner -> copy(shard, joiner))
                .orElse(null);
    }

    private boolean areAllThere(int shard, ReplicaStatus status) {
        return status.entered().containsAll(status.participants())
                && status.participants().stream().allMatch(p -> answers(shard, p.node()));
    }

    private Wish copy(int shard, NodeId joiner) {
        return new Wish.Copy(shard, joiner, List.of(self));
    }

    private @Nullable Wish late(int shard, ReplicaStatus status) {
        return lateJoiner(shard, status).map(joiner -> copy(shard, joiner)).orElse(null);
    }

    /// R46: a participant that was added and has not entered. It may have lost its copy in a restart.
    private Optional<NodeId> lateJoiner(int shard, ReplicaStatus status) {
        for (int i = 0; i < status.participants().size(); i++) {
            ParticipantId participant = status.participants().get(i);
            boolean late = !status.entered().contains(participant)
                    && answers(shard, participant.node())
                    && status.silentMillis().get(i) >= SILENT_MILLIS;
            if (late) {
                return Optional.of(participant.node());
            }
        }
        return Optional.empty();
    }

    /// Removes a surplus participant, after all wished-for ones have entered.
    private @Nullable Wish removal(int shard, ReplicaStatus status, List<NodeId> wished) {
        boolean complete = wished.stream().allMatch(node -> Participants.include(status.entered(), node));
        List<ParticipantId> unwished = unwished(status, wished);
        if (!complete || wished.isEmpty() || !status.entered().containsAll(status.participants())) {
            return null;
        }
        return unwished.stream()
                .filter(participant -> !participant.node().equals(self))
                .findFirst()
                .map(participant -> new Wish.Propose(shard, new Change(List.of(participant), List.of())))
                .orElse(null);
    }

    /// Participants that are no longer wished for. A node that is not on the list of members does not count:
    /// the list may not have come yet.
    private List<ParticipantId> unwished(ReplicaStatus status, List<NodeId> wished) {
        return status.participants().stream()
                .filter(participant -> !wished.contains(participant.node()))
                .filter(participant -> members.find(participant.node()) != null)
                .toList();
    }
}
