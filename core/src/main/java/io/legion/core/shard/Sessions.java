package io.legion.core.shard;

import io.legion.core.ParticipantId;
import org.jspecify.annotations.Nullable;

/// R79: serves a session only with all that it has seen.
final class Sessions {
    static final String BEHIND =
            "this node does not have yet what the session has seen; another participant may, or this one soon";

    static final String LOST =
            "an event that the session has seen is not in history: it was accepted by a node that was"
                    + " removed before any other had it, or an operator's forced change gave it up. If it comes back, it"
                    + " does so as a new event. Begin a new session";

    private final ReplicaState state;

    Sessions(ReplicaState state) {
        this.state = state;
    }

    /// Why this replica cannot serve who has seen this; null if it can.
    Reply.@Nullable Refusal refusal(@Nullable Seen seen) {
        if (seen == null) {
            return null;
        }
        if (seen.epoch() > state.epoch) {
            return Reply.Refusal.BEHIND_SESSION;
        }
        if (!Lineage.includes(state.lineage.ends(), state.epoch, seen.epoch())) {
            return Reply.Refusal.SESSION_LOST;
        }
        Reply.Refusal worst = null;
        VersionVector events = seen.events();
        for (int i = 0; i < events.size() && worst != Reply.Refusal.SESSION_LOST; i++) {
            if (!holds(events.origin(i), events.sequence(i))) {
                worst = state.isParticipant(events.origin(i))
                        ? Reply.Refusal.BEHIND_SESSION
                        : Reply.Refusal.SESSION_LOST;
            }
        }
        return worst;
    }

    /// In the epoch everybody holds the events of removed origins up to their cuts (R17); what was beyond is salvage.
    private boolean holds(ParticipantId origin, long sequence) {
        return state.isParticipant(origin)
                ? state.vector.get(origin) >= sequence
                : state.cuts.getOrDefault(origin, -1L) >= sequence;
    }

    /// What a session has seen after a look at a partition in the projection, if it wants to know.
    @Nullable
    Seen projected(@Nullable Seen before, PartitionAddress address) {
        return before == null
                ? null
                : new Seen(state.epoch, unfolded(before).merge(state.projections.outstanding(address)));
    }

    /// What a session has seen after a look at the infimum, if it wants to know.
    @Nullable
    Seen folded(@Nullable Seen before) {
        return before == null ? null : new Seen(state.epoch, unfolded(before));
    }

    /// What a session has to note of what it saw before: whoever takes part in this epoch, or a later one, holds
    /// what has folded, and what removed origins had up to their cuts (R17, R18).
    private VersionVector unfolded(Seen before) {
        VersionVector unfolded = VersionVector.EMPTY;
        VersionVector events = before.events();
        for (int i = 0; i < events.size(); i++) {
            ParticipantId origin = events.origin(i);
            long sequence = events.sequence(i);
            boolean settled = state.isParticipant(origin)
                    ? sequence <= state.history.folded().get(origin)
                    : holds(origin, sequence);
            if (!settled) {
                unfolded = unfolded.with(origin, sequence);
            }
        }
        return unfolded;
    }
}
