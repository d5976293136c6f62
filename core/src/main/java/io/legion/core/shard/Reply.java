package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.EventId;
import org.jspecify.annotations.Nullable;

/// What a replica answers a request or a read.
public sealed interface Reply {
    /// The request's event has reached `consistency`, with this outcome.
    ///
    /// @param id the event's id; for a retry, that of the request's first event
    /// @param success false if `apply` threw; then `body` is the reason as UTF-8
    /// @param body the encoded output, or the reason
    /// @param seen what the caller's session sees with it (R79); null outside a session
    record Answered(
            EventId id,
            Consistency consistency,
            boolean success,
            Bytes body,
            @Nullable Seen seen) implements Reply {}

    /// The state that was read. The caller must not change it.
    ///
    /// @param seen what the caller's session sees with it (R79); null outside a session
    record State(Object state, @Nullable Seen seen) implements Reply {}

    /// Nothing changed: ask again elsewhere or later, as the reason says. The request id stays valid.
    ///
    /// @param birth goes with the next try ([Request#birth()]); null if the request was never accepted
    record Refused(Refusal reason, @Nullable EventId birth, String explanation) implements Reply {}

    /// Why a replica does not take a request.
    enum Refusal {
        /// This node takes no part in the shard (any more); ask the participants.
        NOT_A_PARTICIPANT,
        /// The participant is being removed, joining or ahead of its clock limit: another may serve at once.
        NOT_NOW,
        /// This replica lacks an event that the caller's session has seen: another may have it, or this one soon.
        BEHIND_SESSION,
        /// An event that the caller's session has seen is not in history, and will not be.
        SESSION_LOST,
        /// The request was applied long ago; its output is forgotten, and the state does not change again.
        ALREADY_APPLIED,
        /// Too much is outstanding; the replica refuses early instead of growing.
        OVERLOADED,
        /// The request is so old that nobody can know whether it was applied before; it is not applied now.
        TOO_OLD,
        /// This replica cannot read the event's bytes, or cannot apply the event at all.
        UNREADABLE,
        /// The event, or a part of it, belongs to a version of its type that is not active in the shard yet (R84).
        NOT_ACTIVE,
        /// The request's id stands for another event; this one was not applied (R74).
        ID_REUSED,
        /// The node stopped serving the shard while the request was under way: it may have taken the event in,
        /// or not. Ask another participant.
        INTERRUPTED
    }
}
