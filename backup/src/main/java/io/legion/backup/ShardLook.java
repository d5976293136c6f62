package io.legion.backup;

/// How a shard is, as its participants say.
///
/// @param isQuiet true if all of them have folded everything that they know, at the same position: then nothing has
///     changed if an earlier backup has the shard at that position
/// @param position where it is then
/// @param historyHash over its history then
/// @param era of its latest epoch
/// @param epoch its latest one, within the era
/// @param salvage how many requests wait to be submitted again, or may have to: those of removed participants
public record ShardLook(
        int shard, boolean isQuiet, long position, long historyHash, long era, long epoch, long salvage) {
    /// Whether it has the same participants as in the other look at the same shard.
    public boolean isOfEpoch(ShardLook other) {
        return shard == other.shard && era == other.era && epoch == other.epoch;
    }
}
