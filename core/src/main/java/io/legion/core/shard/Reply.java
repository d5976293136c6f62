package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.EventId;
import org.jspecify.annotations.Nullable;

/// What a replica has to tell whoever waits under a ticket.
public sealed interface Reply {
    /// The shell's number from the request.
    long ticket();

    /// The request's event stands at `standing` with this outcome.
    ///
    /// @param id the event's id; of the first event of this request, if it was tried again
    /// @param success false if `apply` threw; then `body` is the reason as UTF-8
    /// @param body the encoded output, or the reason
    record Answered(long ticket, EventId id, Consistency standing, boolean success, Bytes body) implements Reply {}

    /// The state that was read. It must not be changed.
    record State(long ticket, Object state) implements Reply {}

    /// Nothing was changed: ask again elsewhere or later, as the reason says. The request id stays good.
    ///
    /// @param birth to be handed on with the next try ([Request#birth()]); null if the request was never accepted
    record Refused(long ticket, Refusal reason, @Nullable EventId birth, String explanation) implements Reply {}

    /// Why a replica does not take a request.
    enum Refusal {
        /// This node takes no part in the shard (any more); the participants are to be asked.
        NOT_A_PARTICIPANT,
        /// The participant is being removed, joining or ahead of its clock limit: another one may serve at once.
        NOT_NOW,
        /// The request was applied long ago; its output is no longer remembered, the state is not changed again.
        ALREADY_APPLIED,
        /// Too much is outstanding; refused early instead of growing.
        OVERLOADED,
        /// The request was first accepted so long ago that it can not be known whether it was applied; it is not
        /// now.
        TOO_OLD,
        /// The event's bytes can not be read here, or the event can not be applied at all.
        UNREADABLE
    }
}
