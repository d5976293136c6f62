package io.legion.command;

import io.legion.command.asking.PageOptions;
import io.legion.command.client.AdminClient;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.command.output.Elapsed;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Table;
import io.legion.command.output.Terminal;
import io.legion.command.output.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A partition, or the keys of the partitions of a type, or the types.
@Command(
        name = "partition",
        mixinStandardHelpOptions = true,
        description = "Shows the state of a partition, its tags and its outstanding events. Without KEY it lists keys,"
                + " without TYPE the types.")
final class PartitionCommand extends LookCommand {
    @Mixin
    private final PageOptions page = new PageOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "The name of a partition type.")
    private @Nullable String type;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY",
            description = "The key, as it is listed: a text, or 0x and hexadecimal digits.")
    private @Nullable String key;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "List keys that begin so.")
    private @Nullable String prefix;

    @Option(names = "--after", paramLabel = "TOKEN", description = "List keys from where a page ended.")
    private @Nullable String after;

    PartitionCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void look(AdminClient client) {
        if (type == null) {
            show(client.get(Target.of("types")), PartitionCommand::types);
        } else if (key == null) {
            var target = PageOptions.with(page.of(Target.of("partitions", type)), "prefix", prefix);
            show(client.get(PageOptions.with(target, "after", after)), PartitionCommand::keys);
        } else {
            show(client.get(Target.of("partitions", type, key)), PartitionCommand::text);
        }
    }

    private static String types(ReplyPart reply, Paint paint) {
        var table = new Table(paint, "TYPE", "INDEX");
        reply.parts("types")
                .forEach(one -> table.add(Tone.PLAIN, one.text("type"), one.isTrue("hasIndex") ? "yes" : "no"));
        return table.text();
    }

    private static String keys(ReplyPart reply, Paint paint) {
        var table = new Table(paint, "KEY", ">SHARD");
        reply.parts("keys").forEach(one -> table.add(Tone.PLAIN, one.text("key"), one.text("shard")));
        return table.text()
                + (reply.has("note") ? Words.below("note: ", reply.text("note")) : "")
                + end(reply, table.text().isEmpty());
    }

    private static String end(ReplyPart reply, boolean isEmpty) {
        if (reply.has("next")) {
            return "There may be more: --after " + Words.quoted(reply.text("next")) + "\n";
        }
        return isEmpty ? "There is no such partition.\n" : "";
    }

    private static String text(ReplyPart partition, Paint paint) {
        var text = new StringBuilder(paint.of(Tone.HEAD, partition.text("type") + " " + partition.text("key")))
                .append(": shard ")
                .append(partition.text("shard"))
                .append(", as ")
                .append(partition.text("answeredBy"))
                .append(" knows it\n");
        if (!partition.isTrue("exists")) {
            text.append("It has its initial state: no event has changed it.\n");
        }
        if (partition.has("problem") && !partition.text("problem").isEmpty()) {
            text.append(Words.below("It cannot be told whole: ", partition.text("problem")));
        }
        text.append("tags:  ")
                .append(String.join(", ", partition.texts("tags")))
                .append('\n');
        text.append("state: ")
                .append(partition.text("stateBytes"))
                .append(partition.isTrue("stateShortened") ? " bytes, of which this is the beginning\n" : " bytes\n")
                .append(partition.json("state"))
                .append('\n');
        return text.append(outstanding(partition, paint)).toString();
    }

    private static String outstanding(ReplyPart partition, Paint paint) {
        List<ReplyPart> events = partition.parts("outstanding");
        if (events.isEmpty()) {
            return "No event is outstanding.\n";
        }
        var table = new Table(paint, "OUTSTANDING EVENT", "REQUEST", "AT", "ORIGIN", "PAYLOAD");
        var now = Instant.now();
        for (var event : events) {
            table.add(
                    Tone.PLAIN,
                    event.text("event"),
                    event.text("request"),
                    event.time("at").map(at -> Elapsed.ago(at, now)).orElse("?"),
                    event.text("origin"),
                    event.text("payload"));
        }
        long more = partition.count("outstandingMore");
        return "\n" + table.text() + (more > 0 ? "and " + atLeast(partition) + more + " more\n" : "");
    }

    /// A node goes through so many events of a shard, and no further.
    private static String atLeast(ReplyPart partition) {
        return partition.isTrue("outstandingCut") ? "at least " : "";
    }
}
