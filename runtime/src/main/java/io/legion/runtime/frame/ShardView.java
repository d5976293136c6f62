package io.legion.runtime.frame;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Participants;
import java.util.List;

/// The participants of a shard in the latest epoch that this node has heard of.
public record ShardView(int shard, long epoch, List<ParticipantId> participants) {
    public boolean includes(NodeId node) {
        return Participants.include(participants, node);
    }
}
