package io.legion.admin.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.legion.core.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of an order, or would become of it.
///
/// @param what what it does and costs
/// @param done the parts that are done, or would be
/// @param refused the parts that are not
public record ActDocument(boolean dryRun, String what, List<Done> done, List<Refused> refused) {
    /// The reason of a part whose node gave no answer: not done, as far as is known.
    public static final String UNREACHABLE = "UNREACHABLE";

    private static final String NOT_ASKED = "NOT_ASKED";

    private static final String NOTE =
            "This is what would happen now, and no promise: the order is judged anew when it comes. If the cluster has"
                    + " changed by then, it does what is right then, or is refused.";

    /// What to know between a dry run and the order; null after an order.
    @JsonProperty("note")
    public @Nullable String note() {
        return dryRun ? NOTE : null;
    }

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
        /// At a node that the order was not sent to, or that did not begin it.
        public static Refused notAsked(NodeId node, String why) {
            return new Refused(
                    node.toString(), null, NOT_ASKED, "The node was not asked, and nothing was changed there: " + why);
        }

        /// At a node that gave no answer: what came of an order there, nobody knows.
        public static Refused unanswered(NodeId node, String why, boolean dryRun) {
            return new Refused(
                    node.toString(),
                    null,
                    UNREACHABLE,
                    dryRun
                            ? why
                            : "The outcome at this node is unknown: " + why
                                    + " If the order reached it, the node may carry it out, now or later: see what is"
                                    + " true there once it answers (./legion status), and give the order again if it"
                                    + " was not done.");
        }
    }
}
