package io.legion.core.shard;

import io.legion.core.CodecException;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The status of a replica, for the shell's decisions and for people. A copy: it does not change.
///
/// @param phase what the replica does
/// @param self the participant that this replica is; while it copies or is out, the one it was last or will be
/// @param epoch the current epoch
/// @param participants the participants of the epoch, the preferred one first
/// @param frozen true while a change is being decided
/// @param returning true while it waits, back from its store, for what other participants know of it (R72)
/// @param fresh false while it serves no readers, since it may lack what others have answered (R78)
/// @param outstanding the number of events received and not yet folded
/// @param folded the number of events folded since the shard began
/// @param saved how many of them the store knows as folded; the others fold again after a restart
/// @param historyHash a hash over every folded event, its outcome and the state it led to
/// @param silentMillis for each participant, in order: for how long this replica has heard nothing of it
/// @param entered the participants, this one included, that this replica knows to have entered the epoch
/// @param inTouch the participants for whose rows a DURABLE answer waits, beside those of a majority (R77)
/// @param readyJoiners nodes that have copied the shard almost to its end and wait to be added
/// @param salvage the requests listed as salvage
/// @param remembered what it remembers of applied requests (R52)
/// @param overruled what this replica found out after a forced change overruled it; null if none did
/// @param historyAheadMillis how far the latest event time is ahead of the wall clock (R75)
/// @param versions the active version of each type of this release by its number; 0 if the shard does not have it yet
/// @param boundaries from when on each version was active, as far back as the replica needs it (R80)
/// @param indexing the numbers of the types whose tags are computed anew (R89)
/// @param silence why this participant originates nothing for a while (R8, R32); null if it is not silent
public record ReplicaStatus(
        Phase phase,
        ParticipantId self,
        long epoch,
        List<ParticipantId> participants,
        boolean frozen,
        boolean returning,
        boolean fresh,
        int outstanding,
        long folded,
        long saved,
        long historyHash,
        List<Long> silentMillis,
        List<ParticipantId> entered,
        List<ParticipantId> inTouch,
        List<NodeId> readyJoiners,
        List<RequestId> salvage,
        Remembered remembered,
        @Nullable Overruled overruled,
        long historyAheadMillis,
        SortedMap<Integer, Integer> versions,
        List<VersionBoundary> boundaries,
        List<Integer> indexing,
        @Nullable Silence silence) {
    /// How full the memory of requests is.
    ///
    /// @param bytes what the remembered ids count
    /// @param bound the most that they may count
    /// @param reachMillis within which time a caller may try again now: the promised time, unless the bound
    ///     makes it shorter
    /// @param early how many ids were forgotten before the promised time since the replica was opened here
    public record Remembered(long bytes, long bound, long reachMillis, long early) {}

    /// What a replica does.
    public enum Phase {
        /// Copies the shard from a participant; serves nothing.
        COPYING(1),
        /// Takes part.
        PARTICIPATING(2),
        /// Was removed; only its salvage is left.
        REMOVED(3),
        /// Found its state unequal to the others' at equal history; serves nothing until a person has looked.
        DIVERGED(4),
        /// Was removed, and nobody needs anything of it any more: the shell may drop the shard's data here.
        GONE(5),
        /// Is of an era that a forced change has overruled: serves nothing, and keeps its copy and the list of
        /// events that are not in the history that goes on, until a person drops it.
        OVERRULED(6),
        /// Found out that its store is older than what it once told: serves nothing and takes no part. The node
        /// must begin again as another one (R71).
        OLD_COPY(7);

        /// Stands for the phase in stored records; it must never change.
        private final int code;

        Phase(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Phase of(int code) {
            for (Phase phase : values()) {
                if (phase.code == code) {
                    return phase;
                }
            }
            throw new CodecException("no phase of a replica has the number " + code);
        }
    }
}
