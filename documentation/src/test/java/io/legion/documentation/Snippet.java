package io.legion.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A block of code in a document.
///
/// @param document relative to the project's root
/// @param line of the document where it starts
/// @param language what stands behind the opening fence
/// @param source what the marker before it names, `path#region`, or empty if there is no marker
/// @param text the block as it is shown
record Snippet(Path document, int line, String language, String source, String text) {

    private static final Pattern MARKER = Pattern.compile("<!-- snippet: (\\S+) -->");

    /// All blocks of a document.
    static List<Snippet> in(Path root, Path document) throws IOException {
        var snippets = new ArrayList<Snippet>();
        var lines = Files.readAllLines(root.resolve(document));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = lines.subList(i + 1, lines.size()).indexOf("```") + i + 1;
                var marker = MARKER.matcher(i == 0 ? "" : lines.get(i - 1));
                snippets.add(new Snippet(
                        document,
                        i + 1,
                        lines.get(i).substring(3).strip(),
                        marker.matches() ? marker.group(1) : "",
                        String.join("\n", lines.subList(i + 1, end)) + "\n"));
                i = end;
            }
        }
        return snippets;
    }

    /// The text of `path#region`: the lines between `// region: name` and `// end: name` (with `#` instead of
    /// `//` in YAML), without the indentation they share; or the whole file when no region is named.
    static String sourceText(Path root, String source) throws IOException {
        int hash = source.indexOf('#');
        if (hash < 0) {
            return Files.readString(root.resolve(source));
        }
        var lines = Files.readAllLines(root.resolve(source.substring(0, hash)));
        var name = source.substring(hash + 1);
        int start = indexOf(lines, "region: " + name);
        int end = indexOf(lines, "end: " + name);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("There is no region in " + source + ".");
        }
        return String.join("\n", lines.subList(start + 1, end)).stripIndent() + "\n";
    }

    private static int indexOf(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.equals("// " + mark) || line.equals("# " + mark)) {
                return i;
            }
        }
        return -1;
    }
}
