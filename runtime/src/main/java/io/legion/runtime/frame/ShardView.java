package io.legion.runtime.frame;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;

/// What is known of a shard's participants: those of the latest epoch that was heard of.
public record ShardView(int shard, long epoch, List<ParticipantId> participants) {
    boolean includes(NodeId node) {
        return participants.stream().anyMatch(participant -> participant.node().equals(node));
    }
}
