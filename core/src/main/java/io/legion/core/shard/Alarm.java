package io.legion.core.shard;

/// Something that a person should know of. The text says what happened, what is true now and what to do.
public record Alarm(Kind kind, String text) {
    /// What it is about.
    public enum Kind {
        /// Replicas of equal history have unequal states: an impure `apply`. The shard is set apart.
        DIVERGED,
        /// An event came from too far in the future: the other node's clock is wrong.
        CLOCK_AHEAD_THERE,
        /// Others refuse this node's events: the clock here is wrong. Nothing is originated until it is right.
        CLOCK_AHEAD_HERE,
        /// Events that were accepted before a removal are being submitted again.
        SALVAGE,
        /// A change of the participants was forced without a majority, or could not be (R43).
        FORCED,
        /// A forced change elsewhere overruled this replica: a person has to look at what is listed, and to drop it.
        OVERRULED,
        /// The store here is older than what this node told others: it was restored from a copy, or lost
        /// writes. The node has to become another one (R71).
        OLD_COPY_HERE,
        /// Another node uses its sequence numbers again: its store is an old copy (R71). What it sent was not taken.
        OLD_COPY_THERE,
        /// An index function threw: a partition can not be found by a search.
        NOT_INDEXED
    }
}
