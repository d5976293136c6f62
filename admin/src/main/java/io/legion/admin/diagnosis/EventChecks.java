package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import io.legion.operations.Troubles.FailingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Events that are not as they should be.
final class EventChecks {
    static final List<Check> CHECKS = List.of(EventChecks::failing, EventChecks::impure);

    private static final Duration LATELY = Duration.ofMinutes(1);

    /// How many events are named.
    private static final int MOST_NAMED = 5;

    private EventChecks() {}

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    private record Failure(NodePicture at, FailingEvent event) {}

    private static Stream<Problem> failing(ClusterPicture picture) {
        Map<String, List<Failure>> byEvent = new TreeMap<>();
        picture.known()
                .forEach(node -> facts(node).troubles().events().stream()
                        .filter(event -> event.ago().compareTo(LATELY) < 0)
                        .forEach(event -> byEvent.computeIfAbsent(
                                        event.event() + " of the type " + event.type(), _ -> new ArrayList<>())
                                .add(new Failure(node, event))));
        return byEvent.isEmpty() ? Stream.of() : Stream.of(failing(byEvent));
    }

    private static Problem failing(Map<String, List<Failure>> byEvent) {
        var failures = byEvent.values().stream().flatMap(List::stream).toList();
        var counts = byEvent.entrySet().stream()
                .limit(MOST_NAMED)
                .map(event -> event.getKey() + " (its apply threw " + count(event.getValue()) + " times)")
                .collect(Collectors.joining(", "));
        int more = Math.max(0, byEvent.size() - MOST_NAMED);
        return Problem.of(
                        Cause.EVENT_FAILS,
                        (byEvent.size() == 1 ? "An event fails: " : byEvent.size() + " events fail: ") + counts
                                + (more == 0 ? "" : " and " + more + " more")
                                + ". Each time it changed nothing, and its caller heard of it.",
                        "Read the message, and mend the event or what sends it. Deploy the mended event to all nodes.")
                .at(failures.stream()
                        .map(failure -> failure.at.node())
                        .distinct()
                        .toList())
                .shownBy(failures.stream()
                        .map(failure ->
                                failure.at.name() + ": " + failure.event.event() + ": " + failure.event.message())
                        .toList());
    }

    private static long count(List<Failure> failures) {
        return failures.stream().mapToLong(failure -> failure.event.count()).sum();
    }

    private static Stream<Problem> impure(ClusterPicture picture) {
        var shards = new TreeSet<Integer>();
        var nodes = new TreeSet<NodeId>();
        picture.known()
                .forEach(node -> diverged(facts(node)).forEach(shard -> {
                    shards.add(shard);
                    nodes.add(node.node());
                }));
        return shards.isEmpty()
                ? Stream.of()
                : Stream.of(Problem.of(
                                Cause.DIVERGENT,
                                "Copies of " + ProblemText.shards(shards) + " on " + ProblemText.names(picture, nodes)
                                        + " differ from those of the others: the apply of an event is not pure, or a release"
                                        + " does something else without a version of its own. They serve nothing, and their"
                                        + " nodes keep them.",
                                "Mend what the evidence names, on all nodes (the simulation's purity check finds most events"
                                        + " that are not pure); then let the copies go: ./legion salvage")
                        .at(nodes)
                        .in(shards)
                        .shownBy(differences(picture).toList()));
    }

    /// What the nodes found out about their copies.
    private static Stream<String> differences(ClusterPicture picture) {
        return picture.known()
                .flatMap(node -> facts(node).stopped().stream()
                        .filter(stopped -> stopped.kind() == StoppedShard.Kind.DIVERGED)
                        .filter(stopped -> stopped.node().equals(node.node()))
                        .map(stopped -> node.name() + ": shard " + stopped.shard() + ": " + stopped.reason()))
                .limit(MOST_NAMED);
    }

    private static Stream<Integer> diverged(NodeFacts facts) {
        return Stream.concat(
                facts.shards().stream()
                        .filter(copy -> copy.phase() == Phase.DIVERGED)
                        .map(ShardReport::shard),
                facts.stopped().stream()
                        .filter(stopped -> stopped.kind() == StoppedShard.Kind.DIVERGED)
                        .map(StoppedShard::shard));
    }
}
