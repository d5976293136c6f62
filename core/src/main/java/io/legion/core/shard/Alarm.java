package io.legion.core.shard;

/// Something that a person should know. The text says what happened, what is true now and what to do.
public record Alarm(Kind kind, String text) {
    /// What it is about.
    public enum Kind {
        /// Replicas of equal history have unequal states: an impure `apply`. The replica is set apart.
        DIVERGED,
        /// Another node's clock is too far ahead (R7): this replica does not take its events that are as far ahead.
        CLOCK_AHEAD_THERE,
        /// Other nodes say that this node's clock is too far ahead (R8): the replica originates nothing meanwhile.
        CLOCK_AHEAD_HERE,
        /// Another node says that this node's clock is ahead, and most do not: its own is probably behind (R8).
        CLOCK_BEHIND_THERE,
        /// This node's clock is behind those of most participants (R7).
        CLOCK_BEHIND_HERE,
        /// History is ahead of this node's clock (R75). Everything is served.
        HISTORY_AHEAD,
        /// The replica submits events again that were accepted before a removal.
        SALVAGE,
        /// An operator's command forced a change of the participants without a majority, or could not (R43).
        FORCED,
        /// A survivor of a forced change does not come (R43). The text names the call that goes on without it.
        SURVIVOR_MISSING,
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
