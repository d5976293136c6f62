package io.legion.runtime.lane;

/// Why a call gets no answer.
///
/// @param explanation for the caller: what happened, what is true now, what to do
/// @param underWay true if a replica may have taken the event in: it may be applied or not, whatever the reason
///     says
public record NoAnswer(Reason reason, String explanation, boolean underWay) {
    /// Why a call gets no answer that no replica has taken in, or of which the reason itself says what became.
    public NoAnswer(Reason reason, String explanation) {
        this(reason, explanation, false);
    }

    /// The same for a call that a replica may have taken in.
    public NoAnswer meanwhile() {
        return underWay ? this : new NoAnswer(reason, explanation, true);
    }

    /// What a caller needs to know to go on; [io.legion.runtime.client.Answers] makes the exception of each.
    public enum Reason {
        /// This node has more to do than its bounds allow. Nothing was changed.
        OVERLOADED,
        /// The replica that was asked, or its node, takes no more for now. Nothing was changed.
        REPLICA_OVERLOADED,
        /// The event may be applied or not.
        TIMED_OUT,
        /// No participant could be asked. Nothing was changed.
        NOT_AVAILABLE,
        /// The shard does not run any more.
        SHARD_STOPPED,
        /// The node takes no calls. Nothing was changed.
        CLOSED,
        /// The node closed while the call was under way. The event may be applied or not.
        CLOSED_MEANWHILE,
        /// The request was applied before, and its output is forgotten.
        ALREADY_APPLIED,
        /// The request is too old to tell whether it was applied. It was not applied now.
        TOO_OLD,
        /// No node that could be asked has what the caller's session has seen. Nothing was changed.
        SESSION_NOT_REACHED,
        /// What the caller's session has seen is not in history. Nothing was changed.
        SESSION_LOST,
        /// The nodes run programs that differ. Nothing was changed.
        UNREADABLE,
        /// The event belongs to a version that is not active. Nothing was changed.
        NOT_ACTIVE,
        /// The request's id stands for another event. This one was not applied.
        ID_REUSED
    }
}
