package io.legion.command;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.asking.Picture;
import io.legion.command.client.Target;
import io.legion.command.output.Elapsed;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Terminal;
import io.legion.command.output.Words;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// How the cluster is, on one screen.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says whether the cluster is well, and if not, what is wrong and what to do.")
final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = admin.open()) {
            var picture = new Picture(client.get(Target.of("cluster")));
            int exit = picture.problems().isEmpty() ? CommandExit.FINE : CommandExit.PROBLEMS;
            if (admin.json()) {
                terminal.json(picture.reply().json());
            } else {
                terminal.out().print(text(picture, admin.paint(terminal)));
            }
            return exit;
        }
    }

    private static String text(Picture picture, Paint paint) {
        var text = new StringBuilder();
        var problems = picture.problems();
        var name = "Cluster " + picture.cluster();
        if (problems.isEmpty()) {
            text.append(paint.of(Tone.GOOD, name + " is well.")).append("\n\n");
        } else {
            text.append(paint.of(Tone.HEAD, name + " has " + Words.count(problems.size(), "problem") + "."))
                    .append("\n\n");
            problems.forEach(problem ->
                    text.append(picture.problemLines(paint).brief(problem)).append('\n'));
        }
        text.append("nodes   ").append(nodes(picture)).append('\n');
        text.append("shards  ").append(shards(picture)).append('\n');
        picture.root()
                .part("copies")
                .ifPresent(copies -> text.append("copies  ")
                        .append(copies.count("complete"))
                        .append(" complete, ")
                        .append(copies.count("underWay"))
                        .append(" under way\n"));
        text.append(LagText.line(picture)).append(DemandText.line(picture)).append(VersionsText.line(picture));
        return text.append("seen    by ").append(seen(picture)).append('\n').toString();
    }

    private static String seen(Picture picture) {
        return picture.names().brief(picture.self()) + " at " + picture.reply().server() + ", "
                + Elapsed.ago(picture.at(), Instant.now());
    }

    private static String nodes(Picture picture) {
        var states = new TreeMap<String, Long>();
        picture.names().nodes().forEach(node -> states.merge(Picture.state(node), 1L, Long::sum));
        return counted(states);
    }

    private static String shards(Picture picture) {
        return counted(picture.root().counts("shards"));
    }

    private static String counted(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + Words.of(count.getKey()))
                .collect(Collectors.joining(", "));
    }
}
