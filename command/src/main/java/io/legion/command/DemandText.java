package io.legion.command;

import io.legion.command.asking.Picture;
import io.legion.command.client.ReplyPart;
import io.legion.command.output.Words;
import java.util.stream.Collectors;

/// The partitions that get most of the events.
final class DemandText {
    private static final int MOST = 3;

    private DemandText() {}

    /// The busiest ones, on a line. A server of an earlier release does not know them.
    static String line(Picture picture) {
        return picture.root()
                .part("demand")
                .map(demand -> Words.below("busiest ", shares(demand)))
                .orElse("");
    }

    private static String shares(ReplyPart demand) {
        var shares = demand.parts("busiest").stream()
                .limit(MOST)
                .map(busy ->
                        busy.text("type") + " " + Words.quoted(busy.text("key")) + " " + busy.count("percent") + " %")
                .collect(Collectors.joining(", "));
        return shares.isEmpty() ? "no partition stands out" : shares + " of the events of the last seconds";
    }
}
