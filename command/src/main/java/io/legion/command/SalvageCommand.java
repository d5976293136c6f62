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

/// What nodes keep aside.
@Command(
        name = "salvage",
        mixinStandardHelpOptions = true,
        customSynopsis = {"legion salvage [OPTIONS]", "       legion salvage drop [OPTIONS] SHARD NODE"},
        description =
                "Lists what nodes keep aside: copies that stopped or were overruled, with the events that are lost with"
                        + " them; requests of removed nodes that come back; requests that were lost.")
final class SalvageCommand extends LookCommand {
    private static final int MOST_REQUESTS = 10;

    @Mixin
    private final PageOptions page = new PageOptions();

    @Option(names = "--after", paramLabel = "TOKEN", description = "List from where a page ended.")
    private @Nullable String after;

    SalvageCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void look(AdminClient client) {
        show(client.get(PageOptions.with(page.of(Target.of("divergent")), "after", after)), SalvageCommand::text);
    }

    private static String text(ReplyPart kept, Paint paint) {
        var text = stopped(kept, paint) + overruled(kept, paint) + requests(kept, paint);
        var unknown = kept.texts("notKnown");
        return (text.isEmpty() ? "No node that was asked keeps anything aside.\n" : text)
                + (unknown.isEmpty() ? "" : "Not known of " + String.join(", ", unknown) + ": they do not answer.\n")
                + (kept.has("next") ? "There is more: --after " + Words.quoted(kept.text("next")) + "\n" : "");
    }

    private static String stopped(ReplyPart kept, Paint paint) {
        var text = new StringBuilder();
        for (var copy : kept.parts("stopped")) {
            text.append(paint.of(Tone.BAD, "stopped copy"))
                    .append(place(copy))
                    .append('\n')
                    .append(Words.below("  why:  ", copy.text("reason")))
                    .append(Words.below(
                            "  next: ", copy.isTrue("kept") ? drop(copy) : "nothing: the node copies the shard anew."));
        }
        return text.toString();
    }

    private static String overruled(ReplyPart kept, Paint paint) {
        var text = new StringBuilder();
        for (var copy : kept.parts("overruled")) {
            var lost = new Table(paint, "EVENT", "REQUEST", "TYPE", "KEY", "FOLDED");
            copy.parts("lost")
                    .forEach(event -> lost.add(
                            Tone.PLAIN,
                            event.text("event"),
                            event.text("request"),
                            event.text("type"),
                            event.text("key"),
                            event.text("folded")));
            long more = copy.count("more");
            text.append(paint.of(Tone.BAD, "overruled copy"))
                    .append(place(copy))
                    .append(copy.isTrue("complete") ? ", lost with it:\n" : ", lost with it, and perhaps more:\n")
                    .append(lost.text())
                    .append(more > 0 ? "and " + more + " more\n" : "")
                    .append(Words.below("  next: ", drop(copy)));
        }
        return text.toString();
    }

    private static String requests(ReplyPart kept, Paint paint) {
        var text = new StringBuilder();
        for (var salvage : kept.parts("salvage")) {
            text.append(paint.of(Tone.WARNING, "salvage"))
                    .append(place(salvage))
                    .append('\n')
                    .append(Words.below("  requests that come back: ", some(salvage)));
        }
        for (var lost : kept.parts("lostRequests")) {
            text.append(paint.of(Tone.BAD, "lost requests"))
                    .append(" at ")
                    .append(lost.text("node"))
                    .append('\n')
                    .append(Words.below("  answered FAST and not applied: ", some(lost)));
        }
        return text.toString();
    }

    /// The first requests, and how many there are beyond them: of these the server lists some, and counts all.
    private static String some(ReplyPart part) {
        var requests = part.texts("requests");
        var first = String.join(", ", requests.subList(0, Math.min(MOST_REQUESTS, requests.size())));
        long more = part.count("more") + Math.max(0, requests.size() - MOST_REQUESTS);
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String place(ReplyPart copy) {
        return " of shard " + copy.text("shard") + " at " + copy.text("node");
    }

    private static String drop(ReplyPart copy) {
        return "when you need it no more: ./legion salvage drop " + copy.text("shard") + " " + copy.text("node");
    }
}
