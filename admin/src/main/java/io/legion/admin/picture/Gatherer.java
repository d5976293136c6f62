package io.legion.admin.picture;

import io.legion.admin.picture.EachNode.Answer;
import io.legion.admin.picture.NodePicture.Trace;
import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import io.legion.operations.Operations;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes a picture of the cluster: asks all members at once.
///
/// **Threads.** One at a time.
public final class Gatherer {
    private final EachNode nodes;
    private final InstantSource clock;
    private final LoadMarks marks = new LoadMarks();
    private final Traces traces = new Traces();
    private final Steadiness steadiness = new Steadiness();

    public Gatherer(EachNode nodes, InstantSource clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /// The cluster now.
    public ClusterPicture gather() {
        var own = nodes.operations();
        var identity = own.identity();
        var members = own.members();
        var reachable = own.peers().stream()
                .filter(PeerReport::reachable)
                .map(PeerReport::node)
                .collect(Collectors.toSet());
        reachable.add(identity.node());
        var answers = nodes.look(reachable, Gatherer::facts);
        long nanos = nodes.nanos().getAsLong();
        var pictures = members.stream()
                .map(member -> picture(nanos, member, identity.node(), reachable, answers.get(member.node())))
                .toList();
        traces.keep(pictures.stream()
                .filter(Gatherer::isLost)
                .map(NodePicture::node)
                .collect(Collectors.toSet()));
        steadiness.keep(members.stream().map(MemberReport::node).collect(Collectors.toSet()));
        var judge = new ShardJudge(pictures);
        var shards =
                IntStream.range(0, identity.shards()).mapToObj(judge::judge).toList();
        return new ClusterPicture(
                clock.instant(),
                nanos,
                identity,
                pictures,
                shards,
                Demand.of(pictures, shards),
                before(nanos, pictures));
    }

    private static NodeFacts facts(Supplier<Operations> node) {
        var report = node.get().report();
        List<StoppedShard> stopped = node.get().stoppedShards().stream()
                .filter(shard -> shard.node().equals(report.node()))
                .toList();
        return new NodeFacts(
                report,
                shards(node),
                stopped,
                node.get().peers(),
                node.get().troubles(),
                node.get().versions());
    }

    private static List<ShardReport> shards(Supplier<Operations> node) {
        var all = new ArrayList<ShardReport>();
        List<ShardReport> page;
        do {
            int from = all.isEmpty() ? 0 : all.getLast().shard() + 1;
            page = node.get().shards(from, Operations.MOST_OF_A_PAGE);
            all.addAll(page);
        } while (page.size() == Operations.MOST_OF_A_PAGE);
        return List.copyOf(all);
    }

    private NodePicture picture(
            long nanos, MemberReport member, NodeId self, Set<NodeId> reachable, @Nullable Answer<NodeFacts> answer) {
        Optional<NodeFacts> facts =
                answer instanceof Answer.Given<NodeFacts>(var given) ? Optional.of(given) : Optional.empty();
        var picture = new NodePicture(
                member,
                member.node().equals(self),
                reachable.contains(member.node()),
                facts,
                why(member, answer),
                Trace.NONE,
                steadiness.of(member.node(), facts, nanos));
        return isLost(picture) ? picture.showing(traces.of(member)) : picture;
    }

    private static boolean isLost(NodePicture node) {
        return node.isMember() && !node.self() && node.facts().isEmpty();
    }

    private static String why(MemberReport member, @Nullable Answer<NodeFacts> answer) {
        return switch (answer) {
            case Answer.Given<NodeFacts> _ -> "";
            case Answer.Missing<NodeFacts> none -> none.why();
            case null ->
                member.status() == MemberReport.Status.GONE
                        ? "The node has left the cluster."
                        : "The node is out of reach.";
        };
    }

    private Map<NodeId, LoadMark> before(long nanos, List<NodePicture> pictures) {
        var newest = new HashMap<NodeId, LoadMark>();
        pictures.forEach(node -> node.facts().ifPresent(facts -> newest.put(node.node(), LoadMark.of(nanos, facts))));
        return marks.add(nanos, newest);
    }
}
