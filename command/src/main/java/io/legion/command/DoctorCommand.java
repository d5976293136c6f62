package io.legion.command;

import io.legion.command.Look.Seen;
import io.legion.command.Look.Unseen;
import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.client.AdminException;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Terminal;
import io.legion.command.output.Words;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What is wrong, why, and what to do.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Names each problem with its cause, its evidence and the next step, within 10 s. Asks all addresses of"
                        + " --admin, says where they differ, and looks itself at those that do not answer.")
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var client = admin.openFor(Look.PATIENCE)) {
            var looks = Look.atAll(client, admin.tls());
            var seen = looks.stream()
                    .filter(Seen.class::isInstance)
                    .map(Seen.class::cast)
                    .toList();
            var unseen = looks.stream()
                    .filter(Unseen.class::isInstance)
                    .map(Unseen.class::cast)
                    .toList();
            if (seen.isEmpty() && admin.json()) {
                throw failure(unseen);
            }
            var differences = Disagreement.of(seen).sentences();
            int exit = exit(seen, unseen, differences);
            if (admin.json()) {
                terminal.json(seen.getFirst().picture().reply().json());
            } else {
                tell(seen, unseen, differences, exit == CommandExit.FINE);
            }
            return exit;
        }
    }

    /// The same however the pictures are shown.
    private static int exit(List<Seen> seen, List<Unseen> unseen, List<String> differences) {
        if (seen.isEmpty()) {
            return CommandExit.of(failure(unseen));
        }
        boolean well = unseen.isEmpty()
                && differences.isEmpty()
                && seen.stream().allMatch(one -> one.picture().problems().isEmpty());
        return well ? CommandExit.FINE : CommandExit.PROBLEMS;
    }

    private void tell(List<Seen> seen, List<Unseen> unseen, List<String> differences, boolean well) {
        var paint = admin.paint(terminal);
        var out = terminal.out();
        unseen.forEach(one -> out.println(unseen(one, paint)));
        out.print(problems(seen, paint));
        out.print(differences(differences));
        if (well) {
            out.println(paint.of(
                    Tone.GOOD,
                    "Cluster " + seen.getFirst().picture().cluster() + " is well, as "
                            + Words.count(seen.size(), "node") + " of it " + (seen.size() == 1 ? "says." : "say.")));
        }
    }

    private static String unseen(Unseen one, Paint paint) {
        var head = "NO PICTURE  ";
        var what = Words.below(head, one.sign().what());
        return paint.of(Tone.BAD, head.strip())
                + what.substring(head.strip().length())
                + Words.below("  next: ", one.sign().next());
    }

    /// Each problem once, whoever sees it.
    private static String problems(List<Seen> seen, Paint paint) {
        var text = new StringBuilder();
        var told = new HashSet<Disagreement.Same>();
        for (var one : seen) {
            for (var problem : one.picture().problems()) {
                if (told.add(Disagreement.Same.of(problem))) {
                    text.append(one.picture().problemLines(paint).whole(problem))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String differences(List<String> sentences) {
        if (sentences.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("The nodes that were asked do not see the same:\n");
        sentences.forEach(sentence -> text.append(Words.below("  ", sentence)));
        return text.append(Words.below(
                        "  next: ",
                        "ask again in some seconds, since they were not asked at the same moment. If it stays so, they do not"
                                + " hear each other: look at the network between them."))
                .toString();
    }

    private static AdminException failure(List<Unseen> unseen) {
        var first = unseen.getFirst();
        return new AdminException(
                first.kind(), first.sign().what(), first.sign().next());
    }
}
