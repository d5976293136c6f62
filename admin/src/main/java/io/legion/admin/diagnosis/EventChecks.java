package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.Troubles.FailingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Events that are not as they should be.
final class EventChecks {
    static final List<Check> CHECKS = List.of(EventChecks::failing, EventChecks::impure);

    private static final Duration LATELY = Duration.ofMinutes(1);

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
                                        event.type() + "/" + event.event(), _ -> new ArrayList<>())
                                .add(new Failure(node, event))));
        return byEvent.values().stream().map(EventChecks::failing);
    }

    private static Problem failing(List<Failure> failures) {
        var event = failures.getFirst().event;
        long count =
                failures.stream().mapToLong(failure -> failure.event.count()).sum();
        return Problem.of(
                        Cause.EVENT_FAILS,
                        "The event " + event.event() + " of the type " + event.type() + " fails: its apply threw "
                                + count + " times. Each changed nothing, and its caller heard of it.",
                        "Read the message, and mend the event or what sends it. Deploy the mended event to all nodes.")
                .at(failures.stream().map(failure -> failure.at.node()).toList())
                .shownBy(failures.stream()
                        .map(failure -> failure.at.name() + ": " + failure.event.message())
                        .limit(5)
                        .toList());
    }

    private static Stream<Problem> impure(ClusterPicture picture) {
        var shards = new TreeSet<Integer>();
        var nodes = new TreeSet<NodeId>();
        picture.known()
                .forEach(node -> facts(node).shards().stream()
                        .filter(copy -> copy.phase() == Phase.DIVERGED)
                        .map(ShardReport::shard)
                        .forEach(shard -> {
                            shards.add(shard);
                            nodes.add(node.node());
                        }));
        return shards.isEmpty()
                ? Stream.of()
                : Stream.of(Problem.of(
                                Cause.DIVERGENT,
                                "Copies of " + ProblemText.shards(shards) + " on " + ProblemText.names(picture, nodes)
                                        + " differ from those of the others: the apply of an event is not pure. They serve"
                                        + " nothing, and are kept.",
                                "Find the event (the simulation's purity check finds most) and mend it on all nodes; then let"
                                        + " the copies go: ./legion salvage")
                        .at(nodes)
                        .in(shards));
    }
}
