package io.legion.backup;

import java.time.Instant;

/// A complete backup.
///
/// @param number of the backup in its directory
/// @param clusterName the name of its cluster
/// @param cluster the id of its cluster
/// @param began when it was begun: it holds all that was answered before
/// @param ended when it was complete
/// @param shards how many shards it has
/// @param copiedShards how many of them were read for it: the others had not changed
/// @param states how many partitions have a state
/// @param bytes how many bytes these states take
/// @param writtenBytes how many bytes were written for this backup alone
/// @param salvage how many requests of removed nodes were waiting to be submitted again when it was begun: it may lack
///     these
public record BackupSummary(
        int number,
        String clusterName,
        String cluster,
        Instant began,
        Instant ended,
        int shards,
        int copiedShards,
        long states,
        long bytes,
        long writtenBytes,
        long salvage) {}
