package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a node among the participants of an epoch, of which at most one is on each node.
public final class Participants {
    private Participants() {}

    /// The participant on this node; null if there is none.
    public static @Nullable ParticipantId find(List<ParticipantId> participants, NodeId node) {
        for (ParticipantId participant : participants) {
            if (participant.node().equals(node)) {
                return participant;
            }
        }
        return null;
    }

    /// True if one of the participants is on this node.
    public static boolean include(List<ParticipantId> participants, NodeId node) {
        return find(participants, node) != null;
    }
}
