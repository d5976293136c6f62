package io.legion.command.output;

import io.legion.command.client.ReplyPart;
import io.legion.command.output.Paint.Tone;
import java.time.Instant;
import java.util.List;

/// A problem as `/cluster` describes it, in lines.
///
/// @param names how its nodes are called
/// @param now the time of the picture
/// @param paint colours
public record ProblemLines(NodeNames names, Instant now, Paint paint) {
    private static final String MARGIN = "  ";

    /// What happened, and what to do.
    public String brief(ReplyPart problem) {
        return title(problem) + Words.below(MARGIN + "next: ", problem.text("next"));
    }

    /// All that is known of it.
    public String whole(ReplyPart problem) {
        var text = new StringBuilder(title(problem));
        line(text, "cause:    ", Words.of(problem.text("cause")));
        line(
                text,
                "since:    ",
                problem.time("since").map(then -> Elapsed.ago(then, now)).orElse(""));
        line(text, "nodes:    ", names.brief(problem.texts("nodes")));
        line(text, "shards:   ", shards(problem));
        var head = "evidence: ";
        for (var sign : problem.texts("evidence")) {
            line(text, head, sign);
            head = " ".repeat(head.length());
        }
        line(text, "next:     ", problem.text("next"));
        return text.toString();
    }

    /// Whether it is one of the worse kind.
    public static boolean isCritical(ReplyPart problem) {
        return problem.text("severity").equals("CRITICAL");
    }

    /// The problems, the worse ones first.
    public static List<ReplyPart> sorted(List<ReplyPart> problems) {
        return problems.stream()
                .sorted((a, b) -> Boolean.compare(isCritical(b), isCritical(a)))
                .toList();
    }

    private String title(ReplyPart problem) {
        boolean critical = isCritical(problem);
        var severity = problem.text("severity");
        var title = Words.below(severity + MARGIN, problem.text("what"));
        return paint.of(critical ? Tone.BAD : Tone.WARNING, severity) + title.substring(severity.length());
    }

    private static void line(StringBuilder text, String head, String value) {
        if (!value.isEmpty()) {
            text.append(Words.below(MARGIN + head, value));
        }
    }

    private static String shards(ReplyPart problem) {
        var numbers = String.join(", ", problem.texts("shards"));
        long more = problem.count("more");
        return more > 0 ? numbers + " and " + more + " more" : numbers;
    }
}
