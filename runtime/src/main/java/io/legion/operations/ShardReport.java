package io.legion.operations;

import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A shard's replica on this node. A copy: it does not change.
///
/// @param shard the shard's number
/// @param phase what the replica does
/// @param epoch the current epoch, within its era
/// @param era how many forced changes led to it
/// @param participants the participants of the epoch in the order of preference, as in [PartitionPlace]: the
///     first one that can be reached serves
/// @param changing true while a change of the participants is being decided
/// @param returning true while the replica, back from its store, waits for what the others know of it
/// @param outstanding how many events it has received and not yet folded
/// @param folded how many events were folded since the shard began
/// @param stored how many of those the store knows as folded; the others fold again after a restart
/// @param historyHash a hash over every folded event, its outcome and the state it led to: two replicas with equal
///     `folded` and unequal hashes have diverged
/// @param salvage the requests that this replica accepted before it was removed, and that are submitted again,
///     the oldest first, at most [#MOST_SALVAGE]
/// @param salvageMore how many others there are
/// @param requestMemory what it remembers of applied requests
/// @param eventsAhead how far the latest event time is ahead of this node's clock, since a clock was wrong
/// @param silence why this replica accepts no requests for a while, though it takes part; empty if it accepts
///     them
/// @param foldWaits what keeps the oldest outstanding event from folding; empty if nothing is outstanding, or this
///     replica takes no part
/// @param copiedBytes how many bytes of states it has copied so far; empty if it does not copy
public record ShardReport(
        int shard,
        Phase phase,
        long epoch,
        long era,
        List<Participant> participants,
        boolean changing,
        boolean returning,
        int outstanding,
        long folded,
        long stored,
        long historyHash,
        List<RequestId> salvage,
        int salvageMore,
        RequestMemory requestMemory,
        Duration eventsAhead,
        Optional<Silence> silence,
        Optional<FoldWait> foldWaits,
        Optional<Long> copiedBytes) {

    /// The most requests that a report lists as salvage.
    public static final int MOST_SALVAGE = 100;

    /// How many requests are salvage, listed or not.
    public int salvageCount() {
        return salvage.size() + salvageMore;
    }

    /// A participant as this node sees it.
    ///
    /// @param id its node and when it was added
    /// @param silent for how long this node has heard nothing of it
    /// @param entered true if this node knows that it has entered the epoch
    public record Participant(ParticipantId id, Duration silent, boolean entered) {}

    /// How full a shard's memory of requests is. When it is full, the shard forgets the oldest ids before the
    /// promised time (`replication.rememberedFor`): a request that is tried again after `reach` may then be
    /// applied twice.
    ///
    /// @param bytes what the remembered ids count
    /// @param bound the most that they may count (`replication.requestMemory`)
    /// @param reach within which time a caller may try again now: the promised time, unless the bound makes it
    ///     shorter
    /// @param forgottenEarly how many ids were forgotten before the promised time since this replica was opened
    public record RequestMemory(long bytes, long bound, Duration reach, long forgottenEarly) {}

    /// Why a replica accepts no requests.
    ///
    /// @param kind by what it came about
    /// @param why what happened, and what ends it
    /// @param atMost after how long it ends by itself if nothing new happens
    public record Silence(Kind kind, String why, Duration atMost) {
        /// By what a silence comes about.
        public enum Kind {
            /// The other participants say that this node's clock is ahead.
            CLOCK,
            /// The node has agreed to be removed from the shard, and the change is being decided.
            REMOVAL
        }
    }

    /// Why an event does not fold.
    ///
    /// @param on the participants that are not known to have what has to fold first; empty while a change of the
    ///     participants is being decided, since nothing folds then
    /// @param since how long ago the oldest outstanding event was accepted, by the time of its id and this
    ///     node's clock
    public record FoldWait(List<ParticipantId> on, Duration since) {}

    /// What a replica does.
    public enum Phase {
        /// Copies the shard from a participant; serves nothing.
        COPYING,
        /// Takes part.
        PARTICIPATING,
        /// Was removed; keeps its salvage, and its copy until the others need it no more.
        REMOVED,
        /// Was removed, and nobody needs anything of it any more.
        GONE,
        /// Found its state unequal to the others' at equal history; serves nothing until a person has looked.
        DIVERGED,
        /// A forced change elsewhere overruled it: serves nothing until a person drops it
        /// ([Operations#overruledCopies]).
        OVERRULED,
        /// Found out that its store is older than what it once told; the node must begin again as another one.
        OLD_COPY
    }
}
