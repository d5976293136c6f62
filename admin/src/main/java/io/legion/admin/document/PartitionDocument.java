package io.legion.admin.document;

import io.legion.admin.picture.ClusterPicture;
import io.legion.core.NodeId;
import io.legion.operations.ByteText;
import io.legion.operations.PartitionReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `/partitions/{type}/{key}`.
public record PartitionDocument(
        String type,
        String key,
        int shard,
        String answeredBy,
        boolean exists,
        @Nullable JsonNode state,
        int stateBytes,
        boolean stateShortened,
        String problem,
        List<String> tags,
        List<Outstanding> outstanding,
        int outstandingMore,
        boolean outstandingCut,
        List<ShardDocument.Participant> participants) {

    record Outstanding(
            String event,
            String request,
            Instant at,
            String origin,
            @Nullable JsonNode payload) {
        static Outstanding of(PartitionReport.OutstandingEvent event) {
            return new Outstanding(
                    event.event().toString(),
                    event.request().toString(),
                    event.at(),
                    event.origin().toString(),
                    event.payload().map(Documents::parsed).orElse(null));
        }
    }

    /// What a node said of a partition.
    public static PartitionDocument of(PartitionReport report, NodeId by, ClusterPicture picture) {
        return new PartitionDocument(
                report.type(),
                ByteText.of(report.key().bytes()),
                report.shard(),
                by.toString(),
                report.exists(),
                report.state().isEmpty() ? null : Documents.parsed(report.state()),
                report.stateBytes(),
                report.stateShortened(),
                report.problem(),
                report.tags().stream().map(tag -> ByteText.of(tag.bytes())).toList(),
                report.outstanding().stream().map(Outstanding::of).toList(),
                report.outstandingMore(),
                report.outstandingCut(),
                ShardDocument.participants(picture.shards().get(report.shard())));
    }
}
