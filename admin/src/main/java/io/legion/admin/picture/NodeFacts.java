package io.legion.admin.picture;

import io.legion.operations.NodeReport;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import io.legion.operations.Troubles;
import io.legion.operations.VersionsReport;
import java.util.List;
import java.util.Optional;

/// What a node has said when it was asked.
///
/// @param shards those that run on it
/// @param stopped those that have stopped on it
/// @param peers the others, as it sees them
public record NodeFacts(
        NodeReport report,
        List<ShardReport> shards,
        List<StoppedShard> stopped,
        List<PeerReport> peers,
        Troubles troubles,
        VersionsReport versions) {

    /// A shard that has stopped there.
    Optional<StoppedShard> stopped(int shard) {
        return stopped.stream().filter(one -> one.shard() == shard).findFirst();
    }
}
