package io.legion.admin.document;

import io.legion.core.PartitionKey;
import io.legion.operations.ByteText;
import io.legion.operations.PartitionReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `/states/{type}`.
///
/// @param complete false if partitions are missing, since nodes did not answer
/// @param note what the list lacks
public record StatesDocument(
        List<Partition> partitions,
        boolean complete,
        @Nullable String next,
        @Nullable String note) {
    /// A partition.
    ///
    /// @param state null if it cannot be had whole
    /// @param problem why; empty if it can
    public record Partition(String key, @Nullable JsonNode state, String problem) {
        /// What a node said.
        public static Partition of(PartitionReport report) {
            var problem = report.stateShortened()
                    ? "it has more than " + PartitionReport.LONGEST_JSON + " characters as JSON"
                    : report.problem();
            var state = problem.isEmpty() ? Documents.parsed(report.state()) : null;
            return new Partition(ByteText.of(report.key().bytes()), state, problem);
        }

        /// None said anything.
        public static Partition unknown(PartitionKey key, String why) {
            return new Partition(ByteText.of(key.bytes()), null, why);
        }
    }
}
