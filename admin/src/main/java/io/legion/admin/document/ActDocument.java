package io.legion.admin.document;

import io.legion.core.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of an order, or would become of it.
///
/// @param what what it does and costs
/// @param done the parts that are done, or would be
/// @param refused the parts that are not
public record ActDocument(boolean dryRun, String what, List<Done> done, List<Refused> refused) {
    /// A part that is done.
    public record Done(@Nullable String node, @Nullable Integer shard, String what) {
        /// At a node.
        public static Done at(NodeId node, String what) {
            return new Done(node.toString(), null, what);
        }
    }

    /// A part that is not.
    ///
    /// @param reason a word
    /// @param what a sentence
    public record Refused(@Nullable String node, @Nullable Integer shard, String reason, String what) {
        /// At a node.
        public static Refused at(NodeId node, String reason, String what) {
            return new Refused(node.toString(), null, reason, what);
        }
    }
}
