package io.legion.runtime.node;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.placement.Placement;
import io.legion.runtime.frame.ShardView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The nodes to ask for a shard, the best first.
public final class Candidates {
    /// The order of a shard's participants, which holds as long as this node knows this view and these
    /// members.
    private record Order(ShardView view, Members members, List<NodeId> nodes) {
        @SuppressWarnings("ReferenceEquality") // Asked for every request; at worst an equal order is made again.
        boolean isOf(ShardView known, Members present) {
            return view == known && members == present;
        }
    }

    private final NodeState state;
    private final @Nullable Order[] orders;

    public Candidates(NodeState state) {
        this.state = state;
        this.orders = new Order[state.settings.shards()];
    }

    /// The participants in the order in which to ask them; if none are known, other nodes, which may know.
    public List<NodeId> of(int shard) {
        ShardView view = state.directory.find(shard);
        if (view == null) {
            return unknown(shard);
        }
        Order order = orders[shard];
        if (order == null || !order.isOf(view, state.members)) {
            order = new Order(view, state.members, ordered(shard, view));
            orders[shard] = order;
        }
        return order.nodes;
    }

    /// True if no node but this one could serve the shard.
    public boolean isNowhereElse(int shard) {
        ShardView view = state.directory.find(shard);
        return view == null
                ? state.reachability.reachable().isEmpty()
                : view.participants().stream()
                        .allMatch(participant -> participant.node().equals(state.self));
    }

    /// The known participants in the order in which the placement prefers them; none if none are known.
    public List<NodeId> participants(int shard) {
        ShardView view = state.directory.find(shard);
        return view == null ? List.of() : preferred(shard, view.participants());
    }

    /// True if this node is the first reachable one in the order of the placement, whatever the setting for
    /// requests is.
    public boolean isPreferred(int shard) {
        ShardView view = state.directory.find(shard);
        return view != null
                && preferred(shard, view.participants()).stream()
                        .filter(state.reachability::isReachable)
                        .findFirst()
                        .equals(Optional.of(state.self));
    }

    /// This node if it hosts the shard, and every reachable node.
    private List<NodeId> unknown(int shard) {
        var nodes = new ArrayList<NodeId>();
        if (state.hosted.contains(shard)) {
            nodes.add(state.self);
        }
        nodes.addAll(state.reachability.reachable());
        return nodes;
    }

    private List<NodeId> ordered(int shard, ShardView view) {
        var nodes = new ArrayList<NodeId>();
        if (state.settings.nearest() && view.includes(state.self)) {
            nodes.add(state.self);
        }
        nodes.addAll(preferred(shard, view.participants()));
        return nodes;
    }

    /// The nodes of these participants in the order in which the placement prefers them, which spreads the
    /// requests to many shards over all nodes.
    public List<NodeId> preferred(int shard, List<ParticipantId> participants) {
        var members = new ArrayList<Member>();
        for (ParticipantId participant : participants) {
            members.add(state.member(participant.node()));
        }
        var nodes = new ArrayList<NodeId>();
        Placement.ranked(shard, members).forEach(member -> nodes.add(member.node()));
        members.stream().map(Member::node).filter(node -> !nodes.contains(node)).forEach(nodes::add);
        return nodes;
    }
}
