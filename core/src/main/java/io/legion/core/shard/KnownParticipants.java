package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Murmur;
import org.jspecify.annotations.Nullable;

/// One object for one participant, however often its id is read from bytes: every event, row and message has
/// ids, and most are compared with themselves.
///
/// **Threads.** Any. Two that meet may make an object twice; the result is right all the same.
final class KnownParticipants {
    private static final int PLACES = 256;

    private static final @Nullable ParticipantId[] LATEST = new ParticipantId[PLACES];

    private KnownParticipants() {}

    static ParticipantId of(ParticipantId participant) {
        return of(participant.node().value(), participant.epoch());
    }

    static ParticipantId of(long node, long epoch) {
        int place = (int) Murmur.mix(node * 31 + epoch) & (PLACES - 1);
        ParticipantId known = LATEST[place];
        if (known != null && known.epoch() == epoch && known.node().value() == node) {
            return known;
        }
        var made = new ParticipantId(new NodeId(node), epoch);
        LATEST[place] = made;
        return made;
    }
}
