package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.FoldWait;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import io.legion.operations.StoppedShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says how a shard is. A shard that serves is one that would refuse nothing: whatever is in doubt counts
/// against it.
final class ShardJudge {
    /// While all is well an event folds within some hundred milliseconds.
    private static final Duration FOLDS_WITHIN = Duration.ofSeconds(3);

    private static final Comparator<ShardReport> EARLIEST =
            Comparator.comparingLong(ShardReport::era).thenComparingLong(ShardReport::epoch);

    private final Map<NodeId, NodePicture> nodes = new TreeMap<>();
    private final ShardReach reach;
    private final Map<NodeId, Boolean> heard = new TreeMap<>();
    private final Map<Integer, NavigableMap<NodeId, ShardReport>> copies = new TreeMap<>();

    ShardJudge(List<NodePicture> all) {
        this.reach = new ShardReach(all);
        for (var node : all) {
            nodes.put(node.node(), node);
            node.facts()
                    .ifPresent(facts -> facts.shards()
                            .forEach(copy -> copies.computeIfAbsent(copy.shard(), _ -> new TreeMap<>())
                                    .put(node.node(), copy)));
        }
    }

    ShardPicture judge(int shard) {
        NavigableMap<NodeId, ShardReport> known = copies.getOrDefault(shard, new TreeMap<>());
        var leading = leading(known);
        var verdict = leading.map(copy -> verdict(copy, known)).orElseGet(() -> withoutLeader(shard, known));
        return new ShardPicture(
                shard,
                verdict.state,
                verdict.reason,
                verdict.next,
                leading,
                leading.flatMap(this::preferred),
                leading.map(this::unreachable).orElse(List.of()),
                known);
    }

    private record Verdict(ShardState state, String reason, String next) {}

    /// Of the copies that take part in the latest epoch, that of the participant that serves first.
    private Optional<ShardReport> leading(NavigableMap<NodeId, ShardReport> known) {
        var latest = known.values().stream()
                .filter(copy -> copy.phase() == Phase.PARTICIPATING)
                .max(EARLIEST);
        return latest.map(copy -> preferred(copy)
                .map(known::get)
                .filter(own -> own.phase() == Phase.PARTICIPATING && EARLIEST.compare(own, copy) == 0)
                .orElse(copy));
    }

    /// The participant that serves first now: the order of preference is that of the participants.
    private Optional<NodeId> preferred(ShardReport copy) {
        return reach.together(participants(copy)).stream().findFirst();
    }

    private static List<NodeId> participants(ShardReport copy) {
        return copy.participants().stream()
                .map(participant -> participant.id().node())
                .toList();
    }

    private List<NodeId> unreachable(ShardReport copy) {
        var missing = new ArrayList<>(participants(copy));
        missing.removeAll(reach.together(missing));
        return List.copyOf(missing);
    }

    private Verdict withoutLeader(int shard, NavigableMap<NodeId, ShardReport> known) {
        var diverged = inPhase(known, Phase.DIVERGED);
        if (!diverged.isEmpty()) {
            return divergent(shard, diverged);
        }
        var stopped = nodes.values().stream()
                .filter(node ->
                        node.facts().flatMap(facts -> facts.stopped(shard)).isPresent())
                .findFirst()
                .flatMap(node -> refusing(node.node(), shard));
        if (stopped.isPresent()) {
            return stopped.get();
        }
        return new Verdict(
                ShardState.NOT_KNOWN,
                "No node that takes part in the shard answers.",
                "Look at the nodes that do not answer: one of them is enough to show the shard again.");
    }

    private Verdict verdict(ShardReport leading, NavigableMap<NodeId, ShardReport> known) {
        var unreachable = unreachable(leading);
        int all = leading.participants().size();
        if (2 * (all - unreachable.size()) <= all) {
            return withoutMajority(unreachable, all);
        }
        var diverged = inPhase(known, Phase.DIVERGED);
        if (!diverged.isEmpty()) {
            return divergent(leading.shard(), diverged);
        }
        var preferred = preferred(leading);
        var refusing = preferred.flatMap(node -> refusing(node, leading.shard()));
        if (refusing.isPresent()) {
            return refusing.get();
        }
        if (preferred.isEmpty() || facts(preferred.get()).isEmpty()) {
            return notAsked(preferred);
        }
        return ofMajority(leading, known, unreachable);
    }

    private Verdict ofMajority(ShardReport leading, NavigableMap<NodeId, ShardReport> known, List<NodeId> unreachable) {
        var silence = leading.silence();
        if (silence.isPresent()) {
            return silent(silence.get());
        }
        if (!unreachable.isEmpty()) {
            return new Verdict(
                    ShardState.WAITING,
                    "FINAL answers wait for " + names(unreachable)
                            + ", which the others do not reach. FAST and DURABLE answers go on.",
                    networkOr(
                            unreachable,
                            "Start the node again, or let the others replace it, which they do by themselves after a while."));
        }
        var lame = participants(leading).stream()
                .filter(node -> refusing(node, leading.shard()).isPresent())
                .toList();
        return lame.isEmpty() ? reachable(leading, known) : waitingFor(lame);
    }

    private Verdict silent(Silence silence) {
        return new Verdict(
                ShardState.WAITING,
                "It accepts no requests for now: " + silence.why(),
                switch (silence.kind()) {
                    case CLOCK -> "Set the clock right; the shard goes on by itself.";
                    case REMOVAL ->
                        "Nothing: the shard goes on by itself once its participants have decided the change.";
                });
    }

    /// Participants that take no changes, while the preferred one does.
    private Verdict waitingFor(List<NodeId> lame) {
        var reasons = lame.stream()
                .map(node -> name(node)
                        + switch (store(node)) {
                            case OK -> ", whose copy has stopped";
                            case FULL -> ", whose store is full";
                            case FAILED -> ", whose store takes no more writes";
                            case DAMAGED -> ", whose store is damaged";
                        })
                .collect(Collectors.joining("; "));
        return new Verdict(
                ShardState.WAITING,
                "FINAL answers wait for " + reasons
                        + ": they go on once the others go on without that copy. FAST and DURABLE answers go on.",
                "See what is wrong there: ./legion doctor");
    }

    private Verdict reachable(ShardReport leading, NavigableMap<NodeId, ShardReport> known) {
        if (leading.changing()) {
            return new Verdict(
                    ShardState.FROZEN,
                    "Its participants decide who takes part from now on; FINAL answers wait until then.",
                    "Nothing, unless it stays so for more than some seconds: then look at its participants.");
        }
        if (leading.returning()) {
            return new Verdict(
                    ShardState.WAITING,
                    "Its copy is back from the store and waits for what the others know.",
                    "Nothing: it goes on by itself within seconds.");
        }
        var wait = leading.foldWaits().filter(fold -> fold.since().compareTo(FOLDS_WITHIN) > 0);
        if (wait.isPresent()) {
            return folding(wait.get());
        }
        var joiners = inPhase(known, Phase.COPYING);
        return joiners.isEmpty()
                ? new Verdict(ShardState.SERVING, "", "")
                : new Verdict(
                        ShardState.COPYING,
                        names(joiners) + " copies it; it serves everything meanwhile.",
                        "Nothing: the copy becomes a participant by itself.");
    }

    private Verdict folding(FoldWait wait) {
        var on = wait.on().stream().map(ParticipantId::node).toList();
        return new Verdict(
                ShardState.WAITING,
                "FINAL answers have waited for " + wait.since().toSeconds() + " s"
                        + (on.isEmpty()
                                ? ", until the participants have decided a change."
                                : " for " + names(on) + "."),
                "Look at the nodes that it waits for: their clocks, their stores and what they have to do.");
    }

    private Verdict withoutMajority(List<NodeId> unreachable, int all) {
        return new Verdict(
                ShardState.NO_MAJORITY,
                "Of its " + all + " participants " + unreachable.size() + " are out of reach: " + names(unreachable)
                        + ". It answers FAST only.",
                networkOr(
                        unreachable,
                        "Start the nodes again. Only if they never come back: ./legion force "
                                + unreachable.stream().map(NodeId::toString).collect(Collectors.joining(" "))));
    }

    /// Whom somebody hears, lives: then the network is what to mend, and nobody is lost.
    private String networkOr(List<NodeId> unreachable, String otherwise) {
        var living = unreachable.stream().filter(this::isHeard).toList();
        return living.isEmpty()
                ? otherwise
                : "Look at the network between its participants: it lets nothing through, and others still hear "
                        + names(living) + ".";
    }

    private boolean isHeard(NodeId node) {
        return heard.computeIfAbsent(
                node,
                one -> Optional.ofNullable(nodes.get(one))
                        .map(picture -> new Views(nodes.values(), picture).isHeard())
                        .orElse(false));
    }

    /// Why a node would refuse requests for a shard, or changes at least, though it answers.
    private Optional<Verdict> refusing(NodeId node, int shard) {
        return switch (store(node)) {
            case OK -> facts(node).flatMap(facts -> facts.stopped(shard)).map(this::stopped);
            case FULL ->
                Optional.of(new Verdict(
                        ShardState.STOPPED,
                        "The store of " + name(node) + ", which serves it, is full: it takes no changes.",
                        "Make room on its disk; the node goes on by itself within seconds."));
            case FAILED ->
                Optional.of(new Verdict(
                        ShardState.STOPPED,
                        "The store of " + name(node) + ", which serves it, takes no more writes.",
                        "Look at its disk and its log, remove the cause, and start the node again."));
            case DAMAGED ->
                Optional.of(new Verdict(
                        ShardState.STOPPED,
                        "The store of " + name(node) + ", which serves it, is damaged and takes no more writes.",
                        "Look at its disk, and start the node with an empty store."));
        };
    }

    /// How the store of a node is; one that could not be asked is not known to be any different.
    private StoreReport.State store(NodeId node) {
        return facts(node).map(facts -> facts.report().store().state()).orElse(StoreReport.State.OK);
    }

    private Verdict stopped(StoppedShard stopped) {
        return new Verdict(
                ShardState.STOPPED,
                "It has stopped on " + name(stopped.node()) + ": " + stopped.reason(),
                nextOf(stopped));
    }

    private static String nextOf(StoppedShard stopped) {
        if (stopped.kind() == StoppedShard.Kind.RELEASE) {
            return "Start a release of the service there that runs what is active. Nothing is wrong with the copy.";
        }
        return stopped.kept()
                ? "The node keeps the copy for you to look at; then drop it: ./legion salvage"
                : "Remove the cause. The others go on without this copy, and the node copies the shard anew.";
    }

    private Verdict divergent(int shard, List<NodeId> diverged) {
        return new Verdict(
                ShardState.DIVERGENT,
                "Its copy on " + names(diverged)
                        + " came to another state than those of the other participants: an event's apply is not pure, or"
                        + " a release does something else without a version of its own.",
                "The log of that node and ./legion doctor say after which event they differ. Mend it, then drop the copy"
                        + " of shard " + shard + ": ./legion salvage");
    }

    private Verdict notAsked(Optional<NodeId> preferred) {
        return new Verdict(
                ShardState.NOT_KNOWN,
                preferred
                        .map(node -> name(node) + ", which should serve it, does not answer.")
                        .orElse("None of its participants is known."),
                "Look at that node.");
    }

    private static List<NodeId> inPhase(NavigableMap<NodeId, ShardReport> known, Phase phase) {
        return known.entrySet().stream()
                .filter(copy -> copy.getValue().phase() == phase)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<NodeFacts> facts(NodeId node) {
        return Optional.ofNullable(nodes.get(node)).flatMap(NodePicture::facts);
    }

    private String names(Collection<NodeId> some) {
        return some.stream().map(this::name).collect(Collectors.joining(", "));
    }

    private String name(NodeId node) {
        var picture = nodes.get(node);
        return picture == null ? node.toString() : picture.name();
    }
}
