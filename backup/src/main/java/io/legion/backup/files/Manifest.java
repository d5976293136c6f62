package io.legion.backup.files;

import io.legion.backup.BackupSummary;
import io.legion.core.NodeId;
import io.legion.operations.TypeShape;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What a backup is of, and which files it consists of.
///
/// @param format of the manifest and of the files that it names
/// @param number of the backup in its directory
/// @param release of Legion which the cluster ran
/// @param began when the backup was begun
/// @param ended when all its files were written
/// @param cluster the id of the cluster
/// @param clusterName its name
/// @param settings what was fixed when the cluster was founded
/// @param types its partition types
/// @param salvage requests that were waiting to be submitted again
/// @param silent the ids of the nodes that could not be asked what they had answered; null in early manifests
/// @param writtenBytes how many bytes its own files have
/// @param shards all shards, in the order of their numbers
public record Manifest(
        int format,
        int number,
        String release,
        String began,
        String ended,
        String cluster,
        String clusterName,
        SortedMap<String, String> settings,
        List<TypeShape> types,
        long salvage,
        @Nullable List<String> silent,
        long writtenBytes,
        List<BackedShard> shards) {
    /// What this release writes.
    public static final int FORMAT = 1;

    /// A shard.
    ///
    /// @param position of its history at which its states were read
    /// @param historyHash over the history up to there, in hexadecimal digits
    /// @param copiedBy the number of the backup that read it: an earlier one, if it has not changed since
    /// @param states how many partitions have a state
    /// @param bytes how many bytes its sections have, not deflated
    /// @param digest the SHA-256 of these bytes
    /// @param listBytes how many bytes the list of its sections has
    /// @param listDigest the SHA-256 of that list
    /// @param files the files in which its sections are
    public record BackedShard(
            int shard,
            long position,
            String historyHash,
            int copiedBy,
            long states,
            long bytes,
            String digest,
            long listBytes,
            String listDigest,
            List<UsedFile> files) {}

    /// A file with sections.
    ///
    /// @param by the number of the backup that wrote it
    /// @param bytes how long it is
    public record UsedFile(int by, long bytes) {}

    /// What it says in short.
    ///
    /// @param remarks what there is to say of how it was taken
    public BackupSummary summary(List<String> remarks) {
        return new BackupSummary(
                number,
                clusterName,
                cluster,
                Instant.parse(began),
                Instant.parse(ended),
                shards.size(),
                (int) shards.stream()
                        .filter(shard -> shard.copiedBy() == number)
                        .count(),
                shards.stream().mapToLong(BackedShard::states).sum(),
                shards.stream().mapToLong(BackedShard::bytes).sum(),
                writtenBytes,
                salvage,
                silent == null ? List.of() : silent.stream().map(NodeId::parse).toList(),
                remarks);
    }

    /// For people.
    public String title() {
        return "backup " + number + " of the cluster '" + clusterName + "' (" + cluster + ")";
    }
}
