package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.LoadMark;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.operations.ShardReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// More requests than can be served, or all for the same partition.
final class DemandChecks {
    static final List<Check> CHECKS = List.of(DemandChecks::overloaded, DemandChecks::hot, DemandChecks::forgotten);

    /// As many sampled events are a load. At one of 64 they are some 5,000 a second.
    private static final long MANY = 500;

    /// Fewer say nothing, however long they take.
    private static final long ENOUGH = 50;

    /// A node in whose mailbox so many requests wait has a load, however few events it is.
    private static final int MANY_WAIT = 100;

    private DemandChecks() {}

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    /// What a shard refuses because its events do not fold, or its copy has just started, is no load.
    private static Stream<Problem> overloaded(ClusterPicture picture) {
        return picture.known().flatMap(node -> {
            var load = facts(node).report().load();
            var mark = picture.before().getOrDefault(node.node(), LoadMark.of(picture.nanos(), facts(node)));
            long refused = load.refusedHere() - mark.refusedHere();
            return refused <= 0 ? Stream.of() : Stream.of(overloaded(picture, node, mark, refused));
        });
    }

    private static Problem overloaded(ClusterPicture picture, NodePicture node, LoadMark mark, long refused) {
        var report = facts(node).report();
        long seconds =
                Math.max(1, Duration.ofNanos(picture.nanos() - mark.nanos()).toSeconds());
        var signs = new ArrayList<>(List.of(
                refused + " requests were refused within the last " + seconds + " s.",
                report.waiting() + " requests wait in its mailbox."));
        long late = report.load().timedOut() - mark.timedOut();
        if (late > 0) {
            signs.add(late + " requests had no answer in time.");
        }
        return Problem.of(
                        Cause.OVERLOADED,
                        "The node " + node.name()
                                + " refuses requests: more come than it can serve. Those refused changed nothing.",
                        "Send it less, spread the clients over all nodes, or add nodes. If its disk is slow, look at that first.")
                .at(node.node())
                .shownBy(signs);
    }

    private record Place(String type, PartitionKey key, int shard) {}

    /// What was sampled at all nodes together.
    private static Stream<Problem> hot(ClusterPicture picture) {
        var counts = new HashMap<Place, Long>();
        for (var node : picture.known().toList()) {
            for (var busy : facts(node).troubles().busiest()) {
                counts.merge(new Place(busy.type(), busy.key(), busy.shard()), busy.sampled(), Long::sum);
            }
        }
        long all = picture.known()
                .mapToLong(node -> facts(node).troubles().sampled())
                .sum();
        return counts.entrySet().stream()
                .filter(count -> 2 * count.getValue() > all)
                .filter(count -> all >= MANY || (all >= ENOUGH && isPressed(picture, count.getKey())))
                .map(count -> hot(picture, count.getKey(), count.getValue(), all));
    }

    private static Optional<NodeId> server(ClusterPicture picture, Place place) {
        return picture.shards().stream()
                .filter(shard -> shard.shard() == place.shard)
                .findFirst()
                .flatMap(ShardPicture::preferred);
    }

    private static boolean isPressed(ClusterPicture picture, Place place) {
        return server(picture, place)
                .flatMap(picture::node)
                .flatMap(NodePicture::facts)
                .filter(facts -> facts.report().waiting() >= MANY_WAIT)
                .isPresent();
    }

    private static Problem hot(ClusterPicture picture, Place place, long count, long total) {
        var server = server(picture, place);
        return Problem.of(
                        Cause.HOT_PARTITION,
                        "The partition " + place.key + " of the type " + place.type + " gets "
                                + Math.min(100, 100 * count / total)
                                + " % of all events of the cluster: "
                                + server.map(node -> ProblemText.name(picture, node))
                                        .orElse("one node")
                                + " orders those of its shard, " + place.shard
                                + ", one after the other, and other nodes cannot take them off it.",
                        "Divide what is in it over more keys, or send it fewer events.")
                .at(server.stream().toList())
                .in(List.of(place.shard))
                .shownBy(List.of(count + " of " + total
                        + " sampled events of the last seconds (one of 64) were for it. Reads are not counted."));
    }

    private static Stream<Problem> forgotten(ClusterPicture picture) {
        var shards = picture.known()
                .flatMap(node -> facts(node).shards().stream())
                .filter(copy -> copy.requestMemory().forgottenEarly() > 0)
                .map(ShardReport::shard)
                .distinct()
                .toList();
        return shards.isEmpty()
                ? Stream.of()
                : Stream.of(Problem.of(
                                Cause.REQUESTS_FORGOTTEN_EARLY,
                                ProblemText.shards(shards, "forgets", "forget")
                                        + " requests before the promised time: one that is tried again late may count"
                                        + " twice.",
                                "Raise replication.requestMemory (all nodes, stopped), or let clients number their requests"
                                        + " instead of naming each.")
                        .in(shards));
    }
}
