package io.legion.command.output;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Texts of several words, as lines that a terminal shows without breaking them.
public final class Words {
    private static final int WIDTH = 100;

    private Words() {}

    /// The words in lines, the first after `head`, the others below its end.
    public static String below(String head, String text) {
        var lines = new StringBuilder(head);
        var margin = " ".repeat(head.length());
        int column = head.length();
        for (var word : text.split(" ")) {
            boolean first = column == margin.length();
            if (!first && column + 1 + word.length() > WIDTH) {
                lines.append('\n').append(margin);
                column = margin.length();
                first = true;
            }
            lines.append(first ? "" : " ").append(word);
            column += word.length() + (first ? 0 : 1);
        }
        return lines.append('\n').toString();
    }

    /// The text, or its beginning.
    public static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }

    /// The first items, and how many there are beyond them.
    public static String some(List<String> items, int most) {
        var first = items.stream().limit(most).collect(Collectors.joining(", "));
        return items.size() > most ? first + " and " + (items.size() - most) + " more" : first;
    }

    /// A text as an argument that a shell takes as it is.
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /// A name of the program's own, such as `NODE_UNREACHABLE`, in small words.
    public static String of(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// A number of things, such as `1 node` and `2 nodes`.
    public static String count(long number, String thing) {
        return number == 1 ? "1 " + thing : number + " " + thing + "s";
    }
}
