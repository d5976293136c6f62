package io.legion.backup;

/// How a shard is, as its participants say.
///
/// @param isQuiet true if all of them have folded everything that they know, at the same position: then nothing has
///     changed if an earlier backup has the shard at that position
/// @param position where it is then
/// @param historyHash over its history then
/// @param salvage how many requests of removed participants wait to be submitted again
public record ShardLook(int shard, boolean isQuiet, long position, long historyHash, long salvage) {}
