package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;

/// A wished-for change of a shard's participants. A replica proposes at most one at a time.
///
/// @param removed participants to remove; their events up to the cut stay, later ones become salvage
/// @param added nodes to add; each must have copied the shard almost to its end before
/// @param raises versions to make active; only a change without removed and added ones has some (R81)
public record Change(List<ParticipantId> removed, List<NodeId> added, List<Raise> raises) {
    /// The empty change: only ends the epoch.
    public static final Change NONE = new Change(List.of(), List.of());

    /// A change of the participants alone.
    public Change(List<ParticipantId> removed, List<NodeId> added) {
        this(removed, added, List.of());
    }

    /// A change of the active versions alone.
    public static Change raising(List<Raise> raises) {
        return new Change(List.of(), List.of(), raises);
    }

    /// R35: how many staying participants must promise: as many as make a majority of the next set, or all.
    ///
    /// @param staying how many participants stay
    public int leastPromises(int staying) {
        return Math.min(staying, (staying + added.size()) / 2 + 1);
    }
}
