package io.legion.command;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.asking.Picture;
import io.legion.command.client.AdminClient;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.command.output.Elapsed;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Table;
import io.legion.command.output.Terminal;
import io.legion.command.output.Words;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The nodes, or how one of them sees the others.
@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        description =
                "Lists the nodes of the cluster, first those that are not well; or shows how one node sees the others.")
final class NodesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "NODE",
            description = "The node that tells how it sees the others: the beginning of its id, or its address.")
    private @Nullable String node;

    @Option(names = "--all", description = "Those too that are gone for good.")
    private boolean all;

    NodesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = admin.open()) {
            var picture = new Picture(client.get(Target.of("cluster")));
            if (node != null) {
                peers(client, picture, admin.node(picture.names(), node));
            } else if (admin.json()) {
                terminal.json(picture.reply().json());
            } else {
                terminal.out().print(text(picture, admin.paint(terminal)));
            }
            return CommandExit.FINE;
        }
    }

    private String text(Picture picture, Paint paint) {
        var table = new Table(
                paint,
                "NODE",
                "STATE",
                "ADDRESS",
                "ZONE",
                ">SERVES",
                ">HOSTS",
                ">OUTSTANDING",
                ">BEHIND",
                ">WAITING",
                ">HEAP",
                "STORE",
                "LEGION",
                "RELEASE",
                "STARTED");
        var shown = picture.names().nodes().stream()
                .filter(one -> all || !Picture.state(one).equals("gone"))
                .sorted(Comparator.comparing(one -> Picture.state(one).equals("up")))
                .toList();
        shown.forEach(one -> table.add(tone(one), row(picture, one)));
        var text = new StringBuilder(table.text());
        int gone = picture.names().nodes().size() - shown.size();
        if (gone > 0) {
            text.append("and ").append(gone).append(" that left for good: --all\n");
        }
        text.append(VersionsText.releases(picture));
        reasons(shown, picture).forEach(reason -> text.append(reason).append('\n'));
        shown.forEach(one -> text.append(LagText.whole(picture, one)));
        concerning(picture)
                .forEach(problem ->
                        text.append('\n').append(picture.problemLines(paint).brief(problem)));
        return text.toString();
    }

    private static Tone tone(ReplyPart node) {
        return switch (Picture.state(node)) {
            case "up" -> Tone.GOOD;
            case "gone" -> Tone.QUIET;
            case "unreachable" -> Tone.BAD;
            default -> Tone.WARNING;
        };
    }

    private static String[] row(Picture picture, ReplyPart node) {
        var report = node.part("report");
        return new String[] {
            picture.names().brief(node.text("node")) + (node.isTrue("self") ? "*" : ""),
            Picture.state(node),
            node.text("address"),
            node.text("zone"),
            of(report, "serving"),
            of(report, "hosted"),
            of(report, "outstanding"),
            LagText.brief(node),
            of(report, "waiting"),
            heap(report),
            of(report, "storeState"),
            of(report, "release"),
            VersionsText.release(picture, node.text("node")),
            report.flatMap(it -> it.time("started"))
                    .map(started -> Elapsed.ago(started, picture.at()))
                    .orElse("?")
        };
    }

    private static String of(Optional<ReplyPart> report, String name) {
        return report.filter(it -> it.has(name)).map(it -> it.text(name)).orElse("?");
    }

    private static String heap(Optional<ReplyPart> report) {
        return report.filter(it -> it.count("heapMax") > 0)
                .map(it -> Math.round(100.0 * it.count("heapUsed") / it.count("heapMax")) + " %")
                .orElse("?");
    }

    /// Why something of a node is not known.
    private static List<String> reasons(List<ReplyPart> nodes, Picture picture) {
        return nodes.stream()
                .filter(node -> node.has("whyNotKnown"))
                .map(node -> picture.names().brief(node.text("node")) + ": " + node.text("whyNotKnown"))
                .toList();
    }

    private static List<ReplyPart> concerning(Picture picture) {
        return picture.problems().stream()
                .filter(problem -> !problem.texts("nodes").isEmpty())
                .toList();
    }

    private void peers(AdminClient client, Picture picture, String id) {
        var reply = client.get(Target.of("peers", id));
        if (admin.json()) {
            terminal.json(reply.json());
            return;
        }
        var out = terminal.out();
        if (!reply.root().isTrue("known")) {
            out.println(picture.names().brief(id) + " does not say how it sees the others: it does not answer.");
            return;
        }
        var table = new Table(admin.paint(terminal), "NODE", "STATE", "ADDRESS", ">SILENT FOR");
        for (var member : reply.root().parts("members")) {
            boolean reachable = member.isTrue("reachable");
            table.add(
                    reachable ? Tone.GOOD : Tone.BAD,
                    picture.names().brief(member.text("node")),
                    reachable ? Words.of(member.text("status")) : "unreachable",
                    member.text("address"),
                    member.has("silentMillis") ? Elapsed.of(Duration.ofMillis(member.count("silentMillis"))) : "?");
        }
        out.println("As " + picture.names().brief(id) + " sees the others:");
        out.print(table.text());
        if (reply.root().has("next")) {
            out.println("and more: the server lists no more at once.");
        }
    }
}
