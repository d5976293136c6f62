package io.legion.admin.picture;

import io.legion.admin.picture.EachNode.Answer;
import io.legion.admin.picture.NodePicture.Trace;
import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import io.legion.operations.Operations;
import io.legion.operations.PeerReport;
import io.legion.operations.StoppedShard;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        var answers = nodes.ask(reachable, Gatherer::facts);
        var pictures = members.stream()
                .map(member -> picture(member, identity.node(), reachable, answers.get(member.node())))
                .toList();
        traces.keep(members.stream()
                .map(MemberReport::node)
                .filter(node -> !reachable.contains(node))
                .collect(Collectors.toSet()));
        var judge = new ShardJudge(pictures);
        var shards =
                IntStream.range(0, identity.shards()).mapToObj(judge::judge).toList();
        return new ClusterPicture(clock.instant(), identity, pictures, shards, before(pictures));
    }

    private static NodeFacts facts(Operations operations) {
        var report = operations.report();
        List<StoppedShard> stopped = operations.stoppedShards().stream()
                .filter(shard -> shard.node().equals(report.node()))
                .toList();
        return new NodeFacts(report, operations.shards(), stopped, operations.peers(), operations.troubles());
    }

    private NodePicture picture(
            MemberReport member, NodeId self, Set<NodeId> reachable, @Nullable Answer<NodeFacts> answer) {
        boolean isSelf = member.node().equals(self);
        boolean isReachable = reachable.contains(member.node());
        boolean isLost = !isReachable && member.status() != MemberReport.Status.GONE;
        return new NodePicture(
                member,
                isSelf,
                isReachable,
                answer instanceof Answer.Given<NodeFacts>(var facts) ? Optional.of(facts) : Optional.empty(),
                why(member, answer),
                isLost ? traces.of(member) : Trace.NONE);
    }

    private static String why(MemberReport member, @Nullable Answer<NodeFacts> answer) {
        return switch (answer) {
            case Answer.Given<NodeFacts> _ -> "";
            case Answer.Missing<NodeFacts>(var why) -> why;
            case null ->
                member.status() == MemberReport.Status.GONE
                        ? "The node has left the cluster."
                        : "The node cannot be reached.";
        };
    }

    private Map<NodeId, LoadMark> before(List<NodePicture> pictures) {
        var now = clock.instant();
        var newest = new HashMap<NodeId, LoadMark>();
        pictures.forEach(node -> node.facts().ifPresent(facts -> newest.put(node.node(), LoadMark.of(now, facts))));
        return marks.add(now, newest);
    }
}
