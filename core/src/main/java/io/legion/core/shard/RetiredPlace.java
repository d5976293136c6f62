package io.legion.core.shard;

/// What a node keeps of the participant that it was in a shard, after it has dropped that replica.
///
/// @param added the epoch in which the participant was added. Neither it nor an earlier participant of this
///     node ever starts again (R69), even if a peer still expects it
/// @param known the latest epoch that the participant knew of: its own, or that of the history which overruled
///     it and had no place for this node. A peer that has heard the node in a later one shows that its store
///     was an old copy (R71)
public record RetiredPlace(long added, long known) {
    /// For a node that has dropped no replica of the shard.
    public static final RetiredPlace NONE = new RetiredPlace(-1, Long.MAX_VALUE);

    /// The place of a replica that is dropped.
    public static RetiredPlace of(ReplicaStatus status) {
        Overruled by = status.overruled();
        long known = by == null
                        || Participants.include(by.participants(), status.self().node())
                ? status.epoch()
                : by.epoch();
        return new RetiredPlace(status.self().epoch(), known);
    }
}
