package io.legion.admin.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.legion.admin.picture.ShardPicture;
import io.legion.admin.picture.ShardState;
import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A shard.
///
/// @param known false if no copy that takes part could be asked; then most of the rest is null
public record ShardDocument(
        int shard,
        ShardState state,
        @Nullable String reason,
        @Nullable String next,
        @Nullable Long epoch,
        @Nullable Long era,
        List<Participant> participants,
        @Nullable Integer outstanding,
        @Nullable Long folded,
        @Nullable FoldWaits foldWaits,
        List<Copy> copies,
        boolean known) {

    record Participant(String node, boolean entered, boolean reachable, long silentMillis) {}

    record FoldWaits(@JsonProperty("for") List<String> on, long sinceMillis) {}

    record Copy(
            String node,
            ShardReport.Phase phase,
            long epoch,
            long folded,
            int outstanding,
            String historyHash,
            @Nullable Long copiedBytes,
            int salvage) {
        static Copy of(NodeId node, ShardReport copy) {
            return new Copy(
                    node.toString(),
                    copy.phase(),
                    copy.epoch(),
                    copy.folded(),
                    copy.outstanding(),
                    HexFormat.of().toHexDigits(copy.historyHash()),
                    copy.copiedBytes().orElse(null),
                    copy.salvageCount());
        }
    }

    /// A shard of a picture.
    public static ShardDocument of(ShardPicture shard) {
        var leading = shard.leading();
        return new ShardDocument(
                shard.shard(),
                shard.state(),
                shard.reason().isEmpty() ? null : shard.reason(),
                shard.next().isEmpty() ? null : shard.next(),
                leading.map(ShardReport::epoch).orElse(null),
                leading.map(ShardReport::era).orElse(null),
                participants(shard),
                leading.map(ShardReport::outstanding).orElse(null),
                leading.map(ShardReport::folded).orElse(null),
                leading.flatMap(ShardReport::foldWaits)
                        .map(ShardDocument::waits)
                        .orElse(null),
                shard.copies().entrySet().stream()
                        .map(copy -> Copy.of(copy.getKey(), copy.getValue()))
                        .toList(),
                leading.isPresent());
    }

    /// Those of a shard, in the order in which they serve.
    static List<Participant> participants(ShardPicture shard) {
        return shard.leading().stream()
                .flatMap(copy -> copy.participants().stream())
                .map(participant -> new Participant(
                        participant.id().node().toString(),
                        participant.entered(),
                        !shard.unreachable().contains(participant.id().node()),
                        participant.silent().toMillis()))
                .toList();
    }

    private static FoldWaits waits(ShardReport.FoldWait wait) {
        return new FoldWaits(
                wait.on().stream().map(id -> id.node().toString()).toList(),
                wait.since().toMillis());
    }
}
