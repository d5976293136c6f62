package io.legion.core.shard;

import io.legion.core.ParticipantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a replica waits for and how far it is, for people who look.
///
/// @param fold why the oldest outstanding event does not fold; null if none is outstanding, or it takes no part
/// @param copiedBytes how many bytes of states it has copied; null if it does not copy
public record ReplicaProgress(@Nullable Fold fold, @Nullable Long copiedBytes) {

    /// Why an event does not fold.
    ///
    /// @param awaited the participants that it waits for; none while a change is being decided
    /// @param sinceMillis how long ago it was accepted, by its id and the wall clock
    public record Fold(List<ParticipantId> awaited, long sinceMillis) {}
}
