package io.legion.command;

import io.legion.command.client.Part;
import io.legion.command.client.Target;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Table;
import io.legion.command.output.Terminal;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
    /// What stands between a tag's name and its value.
    private static final String SEPARATOR = "\0";

    /// How [io.legion.service.Printable] shows that.
    private static final String SEPARATOR_SHOWN = "\\u0000";

    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Parameters(index = "0", paramLabel = "TYPE", description = "The name of a partition type.")
    private String type = "";

    @Parameters(
            index = "1",
            paramLabel = "TAG",
            description =
                    "The first tag: a text, or 0x and hexadecimal digits. NAME with --value for one that has a name.")
    private String tag = "";

    @Option(names = "--value", paramLabel = "TEXT", description = "The value of the first tag, whose name is TAG.")
    private @Nullable String value;

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
            var first = value == null ? tag : tag + SEPARATOR + value;
            var target =
                    Target.of("index").with("type", type).with("after", first).with("limit", limit);
            var reply = client.get(afterKey == null ? target : target.with("afterKey", afterKey));
            if (admin.json()) {
                terminal.json(reply.json());
            } else {
                terminal.out().print(text(reply.root(), admin.paint(terminal)));
            }
            return CommandExit.FINE;
        }
    }

    private static String text(Part page, Paint paint) {
        var table = new Table(paint, "TAG", "KEY");
        page.parts("records").forEach(record -> table.add(Tone.PLAIN, shown(record.text("tag")), record.text("key")));
        if (table.text().isEmpty()) {
            return "The index has nothing from there on.\n";
        }
        return table.text()
                + page.part("next")
                        .map(next -> "There may be more: " + shown(next.text("after")) + " --after-key "
                                + next.text("afterKey") + "\n")
                        .orElse("");
    }

    private static String shown(String tag) {
        return tag.replaceFirst(Pattern.quote(SEPARATOR_SHOWN), " --value ");
    }
}
