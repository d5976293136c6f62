package io.legion.command;

import io.legion.command.asking.Picture;
import io.legion.command.client.ReplyPart;
import io.legion.command.output.Elapsed;
import io.legion.command.output.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;

/// How far nodes are behind: what waits for them to have it.
final class LagText {
    private LagText() {}

    /// For how long events wait for a node.
    static String brief(ReplyPart node) {
        return node.part("lag")
                .map(lag -> lag.count("events") == 0 ? "no" : time(lag))
                .orElse("?");
    }

    /// What waits, why and what to do; nothing while that is no longer than usual.
    static String whole(Picture picture, ReplyPart node) {
        return node.part("lag")
                .filter(lag -> lag.has("reason"))
                .map(lag -> Words.below(
                                picture.names().brief(node.text("node")) + ": ",
                                events(lag) + (lag.count("events") == 1 ? " waits" : " wait")
                                        + " for it, the oldest for " + time(lag) + ". " + lag.text("reason"))
                        + Words.below("  next: ", lag.text("next")))
                .orElse("");
    }

    /// The nodes for which events wait longer than usual, on a line. A server of an earlier release does not know them.
    static String line(Picture picture) {
        if (picture.names().nodes().stream().noneMatch(node -> node.has("lag"))) {
            return "";
        }
        var late = late(picture);
        var unknown = notKnown(picture);
        var parts = new ArrayList<String>();
        if (!late.isEmpty()) {
            parts.add(late + ": ./legion nodes says why");
        }
        if (!unknown.isEmpty()) {
            parts.add("not known of " + unknown);
        }
        return "behind  " + (parts.isEmpty() ? "no node" : String.join("; ", parts)) + '\n';
    }

    private static String late(Picture picture) {
        return picture.names().nodes().stream()
                .filter(node ->
                        node.part("lag").filter(lag -> lag.has("reason")).isPresent())
                .map(node -> picture.names().brief(node.text("node")) + " by "
                        + node.part("lag")
                                .map(lag -> time(lag) + " and " + events(lag))
                                .orElse(""))
                .collect(Collectors.joining(", "));
    }

    private static String notKnown(Picture picture) {
        return picture.names().nodes().stream()
                .filter(node -> !node.has("lag") && !Picture.state(node).equals("gone"))
                .map(node -> picture.names().brief(node.text("node")))
                .collect(Collectors.joining(", "));
    }

    private static String events(ReplyPart lag) {
        return Words.count(lag.count("events"), "event") + " of " + Words.count(lag.count("shards"), "shard");
    }

    private static String time(ReplyPart lag) {
        return Elapsed.of(Duration.ofMillis(lag.count("millis")));
    }
}
