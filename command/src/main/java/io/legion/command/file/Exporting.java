package io.legion.command.file;

import io.legion.command.client.AdminClient;
import io.legion.command.client.AdminException;
import io.legion.command.client.AdminException.Kind;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Asks for all partitions of a type, page after page.
///
/// @param progress hears every few seconds how far it is
record Exporting(AdminClient client, String type, PrintStream progress) {
    private static final int PAGE = 1_000;
    private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();

    /// Takes lines.
    interface Lines {
        void line(String line) throws IOException;
    }

    /// @return how many lines there were
    /// @throws AdminException if a partition cannot be had whole: then the lines until there are of no use
    long write(Lines lines) throws IOException {
        long written = 0;
        long told = System.nanoTime();
        Optional<Target> next = Optional.of(states());
        while (next.isPresent()) {
            var page = client.get(next.get()).root();
            requireAll(page);
            for (var partition : page.parts("partitions")) {
                lines.line(line(partition));
                written++;
            }
            if (System.nanoTime() - told > TELL_NANOS) {
                told = System.nanoTime();
                progress.println(written + " partitions until now.");
            }
            next = page.has("next")
                    ? Optional.of(
                            states().with("after", page.node().path("next").asString("")))
                    : Optional.empty();
        }
        return written;
    }

    private Target states() {
        return Target.of("states", type).with("limit", PAGE);
    }

    private static void requireAll(ReplyPart page) {
        if (!page.isTrue("complete")) {
            throw new AdminException(
                    Kind.FAILED,
                    "Some partitions are not known: " + page.text("note"),
                    "Export again when all nodes answer.");
        }
    }

    private static String line(ReplyPart partition) {
        if (!partition.has("state")) {
            throw new AdminException(
                    Kind.FAILED,
                    "The state of the partition " + partition.text("key") + " cannot be had whole: "
                            + partition.text("problem") + ".",
                    "");
        }
        var line = JsonNodeFactory.instance.objectNode();
        line.set("key", KeyMember.of(partition.node().path("key").asString("")));
        line.set("state", partition.node().path("state"));
        return line.toString();
    }
}
