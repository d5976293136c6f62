package io.legion.command;

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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A partition, or the keys of the partitions of a type, or the types.
@Command(
        name = "partition",
        mixinStandardHelpOptions = true,
        description =
                "Shows the state of a partition and its story. Without KEY it lists keys, without TYPE the types.")
final class PartitionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

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

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "List at most so many keys, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    PartitionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = admin.open()) {
            if (type == null) {
                types(client);
            } else if (key == null) {
                keys(client, type);
            } else {
                partition(client, type, key);
            }
            return CommandExit.FINE;
        }
    }

    private void types(AdminClient client) {
        var reply = client.get(Target.of("types"));
        if (admin.json()) {
            terminal.json(reply.json());
            return;
        }
        var table = new Table(admin.paint(terminal), "TYPE", "INDEX");
        reply.root()
                .parts("types")
                .forEach(one -> table.add(Tone.PLAIN, one.text("type"), one.isTrue("hasIndex") ? "yes" : "no"));
        terminal.out().print(table.text());
    }

    private void keys(AdminClient client, String type) {
        var target = Target.of("partitions", type).with("limit", limit);
        target = prefix == null ? target : target.with("prefix", prefix);
        target = after == null ? target : target.with("after", after);
        var reply = client.get(target);
        if (admin.json()) {
            terminal.json(reply.json());
            return;
        }
        var table = new Table(admin.paint(terminal), "KEY", ">SHARD");
        reply.root().parts("keys").forEach(one -> table.add(Tone.PLAIN, one.text("key"), one.text("shard")));
        var out = terminal.out();
        out.print(table.text());
        if (reply.root().has("note")) {
            out.print(Words.below("note: ", reply.root().text("note")));
        }
        if (reply.root().has("next")) {
            out.println(
                    "There may be more: --after " + Words.quoted(reply.root().text("next")));
        } else if (table.text().isEmpty()) {
            out.println("There is no such partition.");
        }
    }

    private void partition(AdminClient client, String type, String key) {
        var reply = client.get(Target.of("partitions", type, key));
        if (admin.json()) {
            terminal.json(reply.json());
        } else {
            terminal.out().print(text(reply.root(), admin.paint(terminal)));
        }
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
        return "\n" + table.text() + (more > 0 ? "and " + more + " more\n" : "");
    }
}
