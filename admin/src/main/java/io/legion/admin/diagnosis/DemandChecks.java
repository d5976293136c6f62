package io.legion.admin.diagnosis;

import io.legion.admin.picture.BusyPlace;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.Demand;
import io.legion.admin.picture.LoadMark;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.ShardReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// More requests than can be served, or all for the same partition.
final class DemandChecks {
    static final List<Check> CHECKS = List.of(DemandChecks::overloaded, DemandChecks::hot, DemandChecks::forgotten);

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
                "It refused " + refused + " requests within the last " + seconds + " s.",
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

    private static Stream<Problem> hot(ClusterPicture picture) {
        var demand = picture.demand();
        return demand.busiest().stream().filter(BusyPlace::hot).map(place -> hot(picture, place, demand.sampled()));
    }

    private static Problem hot(ClusterPicture picture, BusyPlace place, long all) {
        return Problem.of(
                        Cause.HOT_PARTITION,
                        "The partition " + place.key() + " of the type " + place.type() + " gets " + place.percent()
                                + " % of all events of the cluster: "
                                + place.server()
                                        .map(node -> ProblemText.name(picture, node))
                                        .orElse("one node")
                                + " orders those of its shard, " + place.shard()
                                + ", one after the other, and other nodes cannot take them off it.",
                        "Divide what is in it over more keys, or send it fewer events.")
                .at(place.server().stream().toList())
                .in(List.of(place.shard()))
                .shownBy(List.of(place.sampled() + " of " + all + " sampled events of the last seconds (one of "
                        + Demand.EVERY + ") were for it. Samples count no reads."));
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
                                        + " requests before the promised time: a late second try may count"
                                        + " twice.",
                                "Raise replication.requestMemory (all nodes, stopped), or let clients number their requests"
                                        + " instead of naming each.")
                        .in(shards));
    }
}
