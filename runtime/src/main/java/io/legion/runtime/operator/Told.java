package io.legion.runtime.operator;

import io.legion.core.Codec;
import io.legion.core.RequestId;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.ForcedChange;
import io.legion.operations.KeyPage;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.OverruledCopy;
import io.legion.operations.PartitionPlace;
import io.legion.operations.PartitionReport;
import io.legion.operations.PeerReport;
import io.legion.operations.SettledShard;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import io.legion.operations.TypeShape;
import io.legion.operations.VersionsReport;
import io.legion.recording.RecordedPiece;
import io.legion.spi.StoreIdentity;
import java.util.List;
import java.util.Optional;

/// What a node answers to a [Question] of another one. As there, names stay as they are.
sealed interface Told {
    /// As bytes.
    Codec<Told> CODEC = Codec.derived(Told.class);

    record Identity(StoreIdentity identity) implements Told {}

    record Members(List<MemberReport> members) implements Told {}

    record Report(NodeReport report) implements Told {}

    record Peers(List<PeerReport> peers) implements Told {}

    record Shards(List<ShardReport> shards) implements Told {}

    record Place(PartitionPlace place) implements Told {}

    record Partition(Optional<PartitionReport> partition) implements Told {}

    record Keys(KeyPage page) implements Told {}

    record StoppedShards(List<StoppedShard> shards) implements Told {}

    record Forced(List<ForcedChange> changes) implements Told {}

    record OverruledCopies(List<OverruledCopy> copies) implements Told {}

    record Troubles(io.legion.operations.Troubles troubles) implements Told {}

    record LostRequests(List<RequestId> requests) implements Told {}

    record Versions(VersionsReport versions) implements Told {}

    record TypeShapes(List<TypeShape> types) implements Told {}

    record Settled(List<SettledShard> shards) implements Told {}

    record Extracted(Extract extract) implements Told {}

    record Piece(ExtractPiece piece) implements Told {}

    record Recorded(RecordedPiece piece) implements Told {}

    /// What was ordered is done; false if there was nothing to do, or it is not finished.
    record Done(boolean done) implements Told {}

    /// What was asked is not begun, and will not be.
    ///
    /// @param why as sentences
    record NotBegun(String why) implements Told {}

    /// It is not answered.
    ///
    /// @param misuse true if whoever asked should not have
    /// @param why as sentences
    record NotTold(boolean misuse, String why) implements Told {}
}
