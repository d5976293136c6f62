package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.core.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How problems name what they are about.
final class ProblemText {
    private ProblemText() {}

    static String name(ClusterPicture picture, NodeId node) {
        return picture.node(node).map(NodePicture::name).orElseGet(node::toString);
    }

    static String names(ClusterPicture picture, Collection<NodeId> nodes) {
        return nodes.stream().sorted().map(node -> name(picture, node)).collect(Collectors.joining(", "));
    }

    static String shards(Collection<Integer> shards) {
        return shards.size() == 1 ? "1 shard" : shards.size() + " shards";
    }

    /// Some shards with what they do: "1 shard has", "2 shards have".
    static String shards(Collection<Integer> shards, String one, String several) {
        return shards(shards) + " " + (shards.size() == 1 ? one : several);
    }

    /// The shards in which a node takes part.
    static List<Integer> shardsOf(ClusterPicture picture, NodeId node) {
        return picture.shards().stream()
                .filter(shard -> takesPart(shard, node))
                .map(ShardPicture::shard)
                .toList();
    }

    private static boolean takesPart(ShardPicture shard, NodeId node) {
        return shard.leading().stream()
                .flatMap(copy -> copy.participants().stream())
                .anyMatch(participant -> participant.id().node().equals(node));
    }

    /// What all that could be asked say of a node, as sentences.
    ///
    /// @param name what to call the node
    static Stream<String> views(ClusterPicture picture, NodePicture node, String name) {
        return picture.views(node)
                .all()
                .map(view -> view.by().name()
                        + (view.peer().reachable() ? " reaches " : " does not reach ")
                        + name
                        + view.peer()
                                .silent()
                                .map(silent -> ", and last heard of it " + time(silent) + " ago.")
                                .orElse(", and never heard of it."));
    }

    static String time(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }
}
