package io.legion.backup;

import io.legion.core.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A backup.
///
/// @param number of the backup in its directory
/// @param clusterName the name of its cluster
/// @param cluster the id of its cluster
/// @param began when it was begun: it holds what was answered before
/// @param ended when all its files were written
/// @param shards how many shards it has
/// @param copiedShards how many of them were read for it: the others had not changed
/// @param states how many partitions have a state
/// @param bytes how many bytes these states take
/// @param writtenBytes how many bytes were written for this backup alone
/// @param salvage how many requests of removed nodes were waiting to be submitted again: it may lack these
/// @param silent the nodes that could not be asked: it may lack what they had answered FAST and not told others
/// @param remarks what went otherwise than usual when it was taken, as sentences; empty for one that was read
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
        long salvage,
        List<NodeId> silent,
        List<String> remarks) {
    /// Whether it is known to have all that was answered before it was begun.
    public boolean isComplete() {
        return mayLack().isEmpty();
    }

    /// What it may lack, as sentences; empty if nothing.
    public List<String> mayLack() {
        var lacks = new ArrayList<String>();
        if (salvage > 0) {
            lacks.add(
                    "Requests that removed or stopped copies had accepted were waiting to be submitted again, at least "
                            + salvage + " of them: the backup may lack these. ./legion salvage shows them.");
        }
        if (!silent.isEmpty()) {
            lacks.add((silent.size() == 1 ? "The node " : "The nodes ")
                    + silent.stream().map(NodeId::toString).collect(Collectors.joining(", "))
                    + " could not be asked: the backup lacks what was answered there, FAST, and no other node has"
                    + " heard of. Take another one when every node is back; a node that never comes back, declare gone:"
                    + " ./legion eject.");
        }
        return List.copyOf(lacks);
    }
}
