package io.legion.core.shard;

import io.legion.core.ParticipantId;
import java.util.List;

/// What an overruled replica has found out about its events (R43).
///
/// @param epoch the epoch, of a higher era, by which it was overruled
/// @param participants those of that epoch
/// @param complete true once every event has been looked for
/// @param unfound the events that were not found, at most a thousand
/// @param more how many more there are of which nothing is listed; it may count some that changed nothing
public record Overruled(
        long epoch, List<ParticipantId> participants, boolean complete, List<Unfound> unfound, long more) {
    /// How many events were not found, so far.
    public long count() {
        return unfound.size() + more;
    }
}
