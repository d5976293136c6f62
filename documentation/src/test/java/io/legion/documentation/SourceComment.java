package io.legion.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A comment of a source (`///`), and the declaration under it.
///
/// Where a comment begins with the number of a rule or an invariant, what it stands at carries the rule out, or tests
/// it: `R19: ...`, `R58, R59: ...`, `R43h: ...`. A number further on in a comment only refers to the rule.
record SourceComment(String text, String declaration) {
    private static final Pattern BEGINNING = Pattern.compile("^[RI]\\d+[a-z]?(?:, [RI]\\d+[a-z]?)*[:.]");
    private static final Pattern NUMBER = Pattern.compile("[RI]\\d+");
    private static final Pattern TEST = Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|enum|interface) [A-Z]");

    static List<SourceComment> in(String source) {
        var comments = new ArrayList<SourceComment>();
        var lines = source.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            int begin = i;
            while (i < lines.size() && lines.get(i).startsWith("///")) {
                i++;
            }
            if (i > begin) {
                int end = i;
                while (end < lines.size()
                        && !lines.get(end).endsWith(" {")
                        && !lines.get(end).endsWith(";")) {
                    end++;
                }
                var declaration = lines.subList(i, Math.min(end + 1, lines.size()));
                comments.add(
                        new SourceComment(String.join("\n", lines.subList(begin, i)), String.join("\n", declaration)));
            }
        }
        return comments;
    }

    /// The numbers with which it begins.
    Set<String> beginsWith() {
        var numbers = new TreeSet<String>();
        BEGINNING
                .matcher(text.substring("///".length()).strip())
                .results()
                .forEach(beginning ->
                        NUMBER.matcher(beginning.group()).results().forEach(number -> numbers.add(number.group())));
        return numbers;
    }

    boolean isOfType() {
        return TYPE.matcher(declaration).find();
    }

    boolean isOfTest() {
        return TEST.matcher(declaration).find();
    }

    boolean isOfMethod(String name) {
        return declaration.contains(" " + name + "(");
    }
}
