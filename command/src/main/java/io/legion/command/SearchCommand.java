package io.legion.command;

import io.legion.command.asking.PageOptions;
import io.legion.command.client.AdminClient;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Table;
import io.legion.command.output.Terminal;
import io.legion.command.output.Words;
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
final class SearchCommand extends LookCommand {
    @Mixin
    private final PageOptions page = new PageOptions();

    @Parameters(index = "0", paramLabel = "TYPE", description = "The name of a partition type.")
    private String type = "";

    @Parameters(
            index = "1",
            paramLabel = "TAG",
            description = "The first tag, as it is listed: a text, or 0x and hexadecimal digits.")
    private String tag = "";

    @Option(names = "--after-key", paramLabel = "KEY", description = "Begin after this partition of the first tag.")
    private @Nullable String afterKey;

    SearchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void look(AdminClient client) {
        var target = page.of(Target.of("index").with("type", type).with("after", tag));
        show(client.get(PageOptions.with(target, "afterKey", afterKey)), SearchCommand::text);
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
