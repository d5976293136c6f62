package io.legion.admin;

import io.legion.Legion;
import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The [Health] of a node of Legion. It judges by the shards that the node has a copy of: in a cluster of more
/// nodes than copies, others may have lost what this node has not.
public final class LegionHealth implements Health {
    private final Legion legion;

    public LegionHealth(Legion legion) {
        this.legion = legion;
    }

    @Override
    public List<String> reasonsAgainst() {
        var shards = legion.operations().shards();
        return Stream.of(membership(), stopped(), oldCopies(shards), withoutMajority(shards))
                .flatMap(s -> s)
                .toList();
    }

    private Stream<String> membership() {
        return legion.operations().members().stream()
                .filter(member -> member.node().equals(legion.node()))
                .flatMap(self -> switch (self.status()) {
                    case JOINING -> Stream.of("The node is joining its cluster.");
                    case LEAVING -> Stream.of("The node hands its shards over and leaves the cluster.");
                    case GONE -> Stream.of("The node has left the cluster: empty its store before it starts again.");
                    case UP -> Stream.of();
                });
    }

    /// One sentence for each reason: a store that fails stops many shards at once.
    private Stream<String> stopped() {
        Map<String, TreeSet<Integer>> byReason = legion.operations().stoppedShards().stream()
                .filter(stopped -> stopped.node().equals(legion.node()))
                .collect(Collectors.groupingBy(
                        StoppedShard::reason,
                        TreeMap::new,
                        Collectors.mapping(StoppedShard::shard, Collectors.toCollection(TreeSet::new))));
        return byReason.entrySet().stream()
                .map(reason -> "The shards " + reason.getValue() + " have stopped here: " + reason.getKey());
    }

    private static Stream<String> oldCopies(List<ShardReport> shards) {
        return naming(
                shards,
                shard -> shard.phase() == ShardReport.Phase.OLD_COPY,
                "The store is an old copy: start the node again, and it joins anew. It serves nothing of the shards ");
    }

    private Stream<String> withoutMajority(List<ShardReport> shards) {
        var reachable = reachable();
        reachable.add(legion.node());
        return naming(
                shards,
                shard -> shard.phase() == ShardReport.Phase.PARTICIPATING && !hasMajority(shard, reachable),
                "No majority of the copies can be reached, so nothing is durable or final in the shards ");
    }

    private Set<NodeId> reachable() {
        var reachable = new HashSet<NodeId>();
        legion.operations().peers().stream()
                .filter(PeerReport::reachable)
                .map(PeerReport::node)
                .forEach(reachable::add);
        return reachable;
    }

    private static boolean hasMajority(ShardReport shard, Set<NodeId> reachable) {
        long there = shard.participants().stream()
                .filter(participant -> reachable.contains(participant.id().node()))
                .count();
        return 2 * there > shard.participants().size();
    }

    private static Stream<String> naming(List<ShardReport> shards, Predicate<ShardReport> concerned, String what) {
        var numbers = shards.stream().filter(concerned).map(ShardReport::shard).toList();
        return numbers.isEmpty() ? Stream.of() : Stream.of(what + numbers + ".");
    }

    @Override
    public List<Peer> peers() {
        var reachable = reachable();
        return legion.operations().members().stream()
                .filter(member -> !member.node().equals(legion.node()))
                .filter(member -> member.status() != MemberReport.Status.GONE)
                .map(member -> new Peer(member.node().toString(), member.address(), reachable.contains(member.node())))
                .toList();
    }
}
