package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.spi.StoreIdentity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The cluster at one moment, as one node could gather it.
///
/// @param at when it was gathered, by the clock of the node that did
/// @param nanos when that was by a time that goes on evenly, however the clock is set
/// @param nodes all members, also those that are gone, in the order of their ids
/// @param shards all shards, in the order of their numbers
/// @param demand which partitions got most of the events
/// @param before what had been counted some seconds earlier
public record ClusterPicture(
        Instant at,
        long nanos,
        StoreIdentity identity,
        List<NodePicture> nodes,
        List<ShardPicture> shards,
        Demand demand,
        Map<NodeId, LoadMark> before) {

    /// The same, shown later: the node that gathered it does not say how it is any more.
    ///
    /// @param why the reason
    public ClusterPicture asItWas(String why) {
        var reason = why + " All that is shown is as it was at " + at + ".";
        var then = nodes.stream()
                .map(node -> node.self() ? node.withoutAnswer(reason) : node)
                .toList();
        return new ClusterPicture(at, nanos, identity, then, shards, demand, before);
    }

    /// The node that gathered it.
    public NodeId self() {
        return identity.node();
    }

    /// The members that are not gone.
    public Stream<NodePicture> members() {
        return nodes.stream().filter(NodePicture::isMember);
    }

    /// The members that have said how they are.
    public Stream<NodePicture> known() {
        return members().filter(node -> node.facts().isPresent());
    }

    /// A member.
    public Optional<NodePicture> node(NodeId node) {
        return nodes.stream().filter(one -> one.node().equals(node)).findFirst();
    }

    /// What all that could be asked say of one of its nodes.
    public Views views(NodePicture node) {
        return new Views(nodes, node);
    }

    /// True if a node lives, as far as anybody knows who could be asked.
    public boolean isHeard(NodeId node) {
        return node(node).map(this::views).map(Views::isHeard).orElse(false);
    }

    /// How far nodes are behind: those that some shard waits for.
    public Map<NodeId, NodeLag> lags() {
        return NodeLag.all(shards);
    }

    /// True if the node that gathered it is kept out of the cluster for its release of the service.
    public boolean isKeptOut() {
        return node(self())
                .flatMap(NodePicture::facts)
                .flatMap(facts -> facts.versions().unfit())
                .isPresent();
    }

    /// Which versions of the partition types are active. A node that is kept out does not know.
    public List<TypeVersions> versions() {
        return TypeVersions.all(this);
    }

    /// How many shards are in each state: what [#shards] says, and nothing else.
    public Map<ShardState, Long> counts() {
        var counts = new EnumMap<ShardState, Long>(ShardState.class);
        for (var state : ShardState.values()) {
            counts.put(state, 0L);
        }
        counts.putAll(shards.stream().collect(Collectors.groupingBy(ShardPicture::state, Collectors.counting())));
        return counts;
    }

    /// The numbers of the shards in this state.
    public List<Integer> shardsThatAre(ShardState state) {
        return shards.stream()
                .filter(shard -> shard.state() == state)
                .map(ShardPicture::shard)
                .toList();
    }
}
