package io.legion.runtime.frame;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;

/// The participants of a shard in the latest epoch that this node has heard of.
public record ShardView(int shard, long epoch, List<ParticipantId> participants) {
    public boolean includes(NodeId node) {
        return participants.stream().anyMatch(participant -> participant.node().equals(node));
    }
}
