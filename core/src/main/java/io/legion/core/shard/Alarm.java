package io.legion.core.shard;

/// Something that a person should know. The text says what happened, what is true now and what to do.
public record Alarm(Kind kind, String text) {
    /// What it is about.
    public enum Kind {
        /// Replicas of equal history have unequal states: an impure `apply`. The replica is set apart.
        DIVERGED,
        /// An event came from too far in the future: the other node's clock is wrong.
        CLOCK_AHEAD_THERE,
        /// Other nodes refuse this node's events: its clock is wrong. It originates nothing until it is right.
        CLOCK_AHEAD_HERE,
        /// The replica submits events again that were accepted before a removal.
        SALVAGE,
        /// An operator's command forced a change of the participants without a majority, or could not (R43).
        FORCED,
        /// A forced change elsewhere overruled this replica: a person must look at the list, then drop the
        /// copy.
        OVERRULED,
        /// The store here is older than what this node told others: it was restored from a copy, or lost
        /// writes. The node must begin again as another one (R71).
        OLD_COPY_HERE,
        /// Another node uses its sequence numbers again: its store is an old copy (R71). This replica did not
        /// take the event.
        OLD_COPY_THERE,
        /// An index function threw: searches do not find a partition.
        NOT_INDEXED,
        /// The memory of requests is full: it forgets ids before the promised time (R52).
        FORGETS_EARLY
    }
}
