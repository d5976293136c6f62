package io.legion.command;

import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Table;
import io.legion.command.output.Terminal;
import io.legion.command.output.Words;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The index from a tag on.
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Lists the partitions of a type by their tags, in the order of the index, from a tag on.")
final class SearchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Parameters(index = "0", paramLabel = "TYPE", description = "The name of a partition type.")
    private String type = "";

    @Parameters(
            index = "1",
            paramLabel = "TAG",
            description = "The first tag, as it is listed: a text, or 0x and hexadecimal digits.")
    private String tag = "";

    @Option(names = "--after-key", paramLabel = "KEY", description = "Begin after this partition of the first tag.")
    private @Nullable String afterKey;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "List at most so many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    SearchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = admin.open()) {
            var target =
                    Target.of("index").with("type", type).with("after", tag).with("limit", limit);
            var reply = client.get(afterKey == null ? target : target.with("afterKey", afterKey));
            if (admin.json()) {
                terminal.json(reply.json());
            } else {
                terminal.out().print(text(reply.root(), admin.paint(terminal)));
            }
            return CommandExit.FINE;
        }
    }

    private static String text(ReplyPart page, Paint paint) {
        var table = new Table(paint, "TAG", "KEY");
        page.parts("records").forEach(record -> table.add(Tone.PLAIN, record.text("tag"), record.text("key")));
        if (table.text().isEmpty()) {
            return "The index has nothing from there on.\n";
        }
        return table.text()
                + page.part("next")
                        .map(next -> "There may be more: " + Words.quoted(next.text("after")) + " --after-key "
                                + Words.quoted(next.text("afterKey")) + "\n")
                        .orElse("");
    }
}
