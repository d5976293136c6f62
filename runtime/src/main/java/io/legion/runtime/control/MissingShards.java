package io.legion.runtime.control;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Message;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeState;
import java.util.List;

/// R71: shards in which others take this node for a participant, and of which its store has nothing. The store
/// may be older than this node's part in them; while nothing happens in such a shard, no node speaks of it to
/// this one. So it asks. A participant that has heard it answers, which opens a replica that finds this out
/// ([io.legion.runtime.lane.Lane#receive]). A node that was only added and never started gets no answer, but
/// is invited to copy.
final class MissingShards {
    private final NodeState state;

    /// The number of looks, so that each asks another participant.
    private int looks;

    MissingShards(NodeState state) {
        this.state = state;
    }

    /// Asks one participant of each such shard.
    void ask() {
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            ShardView view = state.directory.find(shard);
            if (view != null && view.includes(state.self) && !state.hosted.contains(shard)) {
                ask(view);
            }
        }
        looks++;
    }

    private void ask(ShardView view) {
        List<NodeId> others = view.participants().stream()
                .map(ParticipantId::node)
                .filter(node -> !node.equals(state.self) && state.reachability.isReachable(node))
                .toList();
        if (!others.isEmpty()) {
            var question = Message.AskKnownOfMe.ofNobody(view.epoch(), state.self);
            state.mail.add(others.get(Math.floorMod(looks, others.size())), new Item.ForShard(view.shard(), question));
        }
    }
}
