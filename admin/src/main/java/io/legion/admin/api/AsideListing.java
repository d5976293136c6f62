package io.legion.admin.api;

import io.legion.admin.document.DivergentDocument;
import io.legion.admin.document.DivergentDocument.Counts;
import io.legion.admin.document.DivergentDocument.LostRequests;
import io.legion.admin.document.DivergentDocument.Overruled;
import io.legion.admin.document.DivergentDocument.Salvage;
import io.legion.admin.document.DivergentDocument.Stopped;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.core.RequestId;
import io.legion.operations.Operations;
import io.legion.operations.OverruledCopy;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What stands aside on all nodes, page by page. The picture says where something is; only the nodes of a
/// page are asked what it is.
record AsideListing(EachNode nodes, ClusterPicture picture) {
    /// What a node has to tell that its picture has not.
    private record Aside(List<OverruledCopy> overruled, List<RequestId> lost) {}

    DivergentDocument page(Optional<CopyPlace> after, int limit) {
        var rest = places(after);
        var page = new TreeSet<>(rest.stream().limit(limit).toList());
        var answers = nodes.ask(toBeAsked(page), AsideListing::aside);
        return new DivergentDocument(
                stopped(page),
                overruled(page, answers),
                salvage(page),
                lost(page, answers),
                notKnown(answers),
                counts(),
                page.size() < rest.size() ? page.last().text() : null);
    }

    private TreeSet<CopyPlace> places(Optional<CopyPlace> after) {
        var places = new TreeSet<CopyPlace>();
        picture.known().forEach(node -> {
            var facts = facts(node);
            if (facts.report().lostRequests() > 0) {
                places.add(new CopyPlace(node.node(), CopyPlace.WHOLE_NODE));
            }
            Stream.concat(
                            stopped(facts).map(StoppedShard::shard),
                            facts.shards().stream()
                                    .filter(AsideListing::standsAside)
                                    .map(ShardReport::shard))
                    .forEach(shard -> places.add(new CopyPlace(node.node(), shard)));
        });
        return after.map(place -> new TreeSet<>(places.tailSet(place, false))).orElse(places);
    }

    /// A copy that only awaits another release of the service is where it belongs.
    private static Stream<StoppedShard> stopped(NodeFacts facts) {
        return facts.stopped().stream().filter(copy -> copy.kind() != StoppedShard.Kind.RELEASE);
    }

    private static boolean standsAside(ShardReport copy) {
        return copy.phase() == Phase.OVERRULED || !copy.salvage().isEmpty();
    }

    private List<NodeId> toBeAsked(TreeSet<CopyPlace> page) {
        return picture.known()
                .filter(node -> hasLost(node, page)
                        || copies(node, page, AsideListing::isOverruled)
                                .findAny()
                                .isPresent())
                .map(NodePicture::node)
                .toList();
    }

    private static boolean hasLost(NodePicture node, TreeSet<CopyPlace> page) {
        return page.contains(new CopyPlace(node.node(), CopyPlace.WHOLE_NODE));
    }

    private static boolean isOverruled(ShardReport copy) {
        return copy.phase() == Phase.OVERRULED;
    }

    private static Aside aside(Operations operations) {
        return new Aside(operations.overruledCopies(), operations.lostRequests());
    }

    private static Stream<ShardReport> copies(
            NodePicture node, TreeSet<CopyPlace> page, Predicate<ShardReport> wanted) {
        return facts(node).shards().stream()
                .filter(wanted)
                .filter(copy -> page.contains(new CopyPlace(node.node(), copy.shard())));
    }

    private List<Stopped> stopped(TreeSet<CopyPlace> page) {
        return picture.known()
                .flatMap(node -> stopped(facts(node)))
                .filter(stopped -> page.contains(new CopyPlace(stopped.node(), stopped.shard())))
                .map(Stopped::of)
                .toList();
    }

    private List<Salvage> salvage(TreeSet<CopyPlace> page) {
        return picture.known()
                .flatMap(node -> copies(node, page, copy -> !copy.salvage().isEmpty())
                        .map(copy -> Salvage.of(node.node(), copy)))
                .toList();
    }

    private static List<Overruled> overruled(TreeSet<CopyPlace> page, SortedMap<NodeId, Answer<Aside>> answers) {
        var overruled = new ArrayList<Overruled>();
        answers.forEach((node, answer) -> {
            if (answer instanceof Answer.Given<Aside>(var aside)) {
                aside.overruled.stream()
                        .filter(copy -> page.contains(new CopyPlace(node, copy.shard())))
                        .forEach(copy -> overruled.add(Overruled.of(node, copy)));
            }
        });
        return overruled;
    }

    private static List<LostRequests> lost(TreeSet<CopyPlace> page, SortedMap<NodeId, Answer<Aside>> answers) {
        var lost = new ArrayList<LostRequests>();
        answers.forEach((node, answer) -> {
            if (answer instanceof Answer.Given<Aside>(var aside)
                    && !aside.lost.isEmpty()
                    && page.contains(new CopyPlace(node, CopyPlace.WHOLE_NODE))) {
                lost.add(LostRequests.of(node, aside.lost));
            }
        });
        return lost;
    }

    private List<String> notKnown(SortedMap<NodeId, Answer<Aside>> answers) {
        return picture.members()
                .filter(node -> node.facts().isEmpty() || answers.get(node.node()) instanceof Answer.Missing<Aside>)
                .map(node -> node.node().toString())
                .toList();
    }

    private Counts counts() {
        return new Counts(
                sum(AsideListing::stopped),
                sum(facts -> facts.shards().stream().filter(AsideListing::isOverruled)),
                sum(facts ->
                        facts.shards().stream().filter(copy -> !copy.salvage().isEmpty())),
                picture.known()
                        .mapToInt(node -> facts(node).report().lostRequests())
                        .sum());
    }

    private int sum(Function<NodeFacts, Stream<?>> counted) {
        return (int) picture.known().flatMap(node -> counted.apply(facts(node))).count();
    }

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }
}
