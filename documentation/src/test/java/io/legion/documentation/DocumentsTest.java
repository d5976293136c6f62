package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents show is what was compiled and run.
///
/// Each block of Java is a region of a source that the build compiles; a comment before it says which one:
/// `<!-- snippet: documentation/src/test/java/.../LoggerExample.java#crawler -->`. Blocks of other languages may
/// have such a comment too. `-Dsnippets.update` writes the sources into the documents instead of comparing.
final class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void everyBlockOfJavaIsPartOfASourceThatIsCompiled() throws IOException {
        assertThat(snippets())
                .anySatisfy(snippet -> assertThat(snippet.source()).isNotEmpty());
        for (var snippet : snippets()) {
            if (snippet.language().equals("java")) {
                assertThat(snippet.source())
                        .as("%s:%d needs a line <!-- snippet: FILE#REGION -->", snippet.document(), snippet.line())
                        .contains("/src/")
                        .contains(".java#");
            }
        }
    }

    @Test
    void everyBlockWithASourceShowsItUnchanged() throws IOException {
        for (var snippet : snippets()) {
            if (!snippet.source().isEmpty()) {
                if (System.getProperty("snippets.update") != null) {
                    update(snippet);
                    continue;
                }
                assertThat(snippet.text())
                        .as("%s:%d, which shows %s", snippet.document(), snippet.line(), snippet.source())
                        .isEqualTo(Snippet.sourceText(ROOT, snippet.source()));
            }
        }
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        for (var document : documents()) {
            LINK.matcher(Files.readString(ROOT.resolve(document))).results().forEach(link -> {
                var target = link.group(1);
                if (!target.contains(":")) {
                    assertThat(ROOT.resolve(document).resolveSibling(target))
                            .as("%s links to %s", document, target)
                            .exists();
                }
            });
        }
    }

    private static void update(Snippet snippet) throws IOException {
        var document = ROOT.resolve(snippet.document());
        var fence = "<!-- snippet: " + snippet.source() + " -->\n```" + snippet.language() + "\n";
        var shown = Files.readString(document);
        var source = Snippet.sourceText(ROOT, snippet.source());
        Files.writeString(document, shown.replace(fence + snippet.text() + "```", fence + source + "```"));
    }

    private static List<Snippet> snippets() throws IOException {
        var snippets = new ArrayList<Snippet>();
        for (var document : documents()) {
            snippets.addAll(Snippet.in(ROOT, document));
        }
        return snippets;
    }

    private static List<Path> documents() throws IOException {
        var documents = new ArrayList<Path>();
        for (var directory : List.of("", "docs", "design")) {
            var path = ROOT.resolve(directory);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    files.filter(file -> file.toString().endsWith(".md"))
                            .map(ROOT::relativize)
                            .sorted()
                            .forEach(documents::add);
                }
            }
        }
        return documents;
    }
}
