package io.legion.backup;

import io.legion.core.Bytes;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.SettledShard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Specification of where a backup gets its contents from: a running cluster, asked in the same process
/// ([ClusterSource]) or from elsewhere.
///
/// **Failure.** Each method throws [io.legion.operations.UnreachableException] if nobody could be asked who knows;
/// asking again is right.
///
/// **Threads.** Any.
public interface BackupSource {
    /// Which cluster it is, and how its shards are now.
    ClusterFacts facts();

    /// As [io.legion.operations.Operations#settle], for shards wherever they are.
    List<SettledShard> settle(List<Integer> shards, Duration patience);

    /// As [io.legion.operations.Operations#extract], at any node that has the shard.
    ///
    /// @param turn how often it was asked for before: each time, another node comes first
    Extract extract(int shard, long least, int turn);

    /// As [io.legion.operations.Operations#piece], of an extract that [#extract] gave.
    ExtractPiece piece(Extract extract, int section, int offset, Optional<Bytes> expected);
}
