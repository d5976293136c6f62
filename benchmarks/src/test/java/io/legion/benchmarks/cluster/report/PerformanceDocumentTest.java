package io.legion.benchmarks.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of `docs/performance.md` show the results in `docs/performance/`. `-Dtables.update` writes them into the
/// document instead of comparing.
final class PerformanceDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "performance.md");
    private static final Path RESULTS = Path.of("..", "docs", "performance");

    @Test
    void theDocumentShowsTheResults() throws IOException {
        var document = Files.readString(DOCUMENT);
        var written = DocumentTables.written(document, PerformanceDocumentTest::file);
        if (System.getProperty("tables.update") != null) {
            Files.writeString(DOCUMENT, written);
        } else {
            assertThat(document)
                    .as("-Dtables.update writes the results into docs/performance.md")
                    .isEqualTo(written);
        }
    }

    @Test
    void allResultsAreShown() throws IOException {
        var document = Files.readString(DOCUMENT);
        try (Stream<Path> files = Files.list(RESULTS)) {
            assertThat(files.map(file -> "<!-- benchmark: performance/" + file.getFileName() + " -->"))
                    .isNotEmpty()
                    .allSatisfy(mark -> assertThat(document).contains(mark));
        }
    }

    @Test
    void aTableIsWrittenBetweenItsMarksAndNothingElseIsTouched() {
        var head = new Report.Head("2026-11-29", "25", 2, "./legion bench cluster", "g1", "1g", false);
        var report = new Report(head, List.of());
        var document = "before\n\n<!-- benchmark: a.json -->\nold\n<!-- end of benchmark -->\n\nbehind\n";
        assertThat(DocumentTables.written(document, _ -> ReportJson.text(report)))
                .isEqualTo("before\n\n<!-- benchmark: a.json -->\n\n" + ResultTable.text(report)
                        + "\n<!-- end of benchmark -->\n\nbehind\n");
    }

    @Test
    void aMarkWithoutAnEndIsRefused() {
        var document = "<!-- benchmark: a.json -->\n\n<!-- benchmark: b.json -->\n<!-- end of benchmark -->\n";
        assertThatThrownBy(() -> DocumentTables.written(document, _ -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no <!-- end of benchmark -->");
    }

    private static String file(String name) {
        try {
            return Files.readString(DOCUMENT.resolveSibling(name));
        } catch (IOException failure) {
            throw new UncheckedIOException("the document names " + name + ", which cannot be read", failure);
        }
    }
}
