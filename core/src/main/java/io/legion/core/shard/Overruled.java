package io.legion.core.shard;

import io.legion.core.ParticipantId;
import java.util.List;

/// What an overruled replica has found out about its events (R43).
///
/// @param epoch the epoch, of a higher era, that overruled it
/// @param participants the participants of that epoch
/// @param complete true once the replica has looked for every event
/// @param unfound the events that were not found, at most a thousand
/// @param more how many more there are that are not listed; it may count some that changed nothing
public record Overruled(
        long epoch, List<ParticipantId> participants, boolean complete, List<Unfound> unfound, long more) {
    /// How many events were not found, so far.
    public long count() {
        return unfound.size() + more;
    }
}
