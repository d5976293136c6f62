package io.legion.benchmarks.cluster.report;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tables of benchmarks in a document: each stands between a mark that names the file of its results, relative to
/// the document, and a mark of its end.
final class DocumentTables {
    private static final String END = "<!-- end of benchmark -->";
    private static final Pattern BEGIN = Pattern.compile("<!-- benchmark: (\\S+) -->\n");
    private static final Pattern TABLE =
            Pattern.compile(BEGIN.pattern() + "(?:(?!<!-- benchmark: ).)*?" + END, Pattern.DOTALL);

    private DocumentTables() {}

    /// The document with all tables as their files say.
    ///
    /// @param file gives the text of a file by its name
    /// @throws IllegalArgumentException if a mark has no end
    static String written(String document, UnaryOperator<String> file) {
        if (BEGIN.matcher(document).results().count()
                != TABLE.matcher(document).results().count()) {
            throw new IllegalArgumentException("A mark <!-- benchmark: FILE --> has no " + END + " behind it.");
        }
        return TABLE.matcher(document)
                .replaceAll(table -> Matcher.quoteReplacement("<!-- benchmark: " + table.group(1) + " -->\n\n"
                        + ResultTable.text(ReportJson.parse(file.apply(table.group(1)))) + "\n" + END));
    }
}
