package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The classes and methods that the design documents name in code font exist.
final class NamedClassesTest {
    private static final Path ROOT = Path.of("..");

    /// A class, perhaps with a method; `FAST` and `P` are none.
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:#([a-z]\\w*))?`");

    private static final Pattern DECLARED =
            Pattern.compile("^ *(?:[\\w@-]+ )*(?:class|record|enum|interface) ([A-Z]\\w*)", Pattern.MULTILINE);

    /// @param least how many it names at least: a document in which none is found would hold nothing
    @ParameterizedTest
    @CsvSource({"architecture.md, 10", "glossary.md, 15", "protocol.md, 5", "storage.md, 5", "tour.md, 50"})
    void everyClassAndMethodThatADocumentNamesExists(String document, int least) throws IOException {
        var sources = sources();
        var missing = new TreeSet<String>();
        int named = 0;
        var names = NAMED.matcher(Files.readString(ROOT.resolve("design").resolve(document)));
        while (names.find()) {
            var method = names.group(2);
            var source = sources.get(names.group(1));
            named++;
            if (source == null || (method != null && !declares(source, method))) {
                missing.add(names.group());
            }
        }
        assertThat(named).isGreaterThanOrEqualTo(least);
        assertThat(missing)
                .as("what design/%s names, and no module has", document)
                .isEmpty();
    }

    private static boolean declares(String source, String method) {
        return Pattern.compile("^    (?:[\\w@<][^=;]* )?" + method + "\\(", Pattern.MULTILINE)
                .matcher(source)
                .find();
    }

    /// For each class, also a nested one or one of a test, the sources that declare one of this name.
    private static Map<String, String> sources() throws IOException {
        var sources = new HashMap<String, String>();
        try (var modules = Files.list(ROOT)) {
            for (var directory : modules.flatMap(NamedClassesTest::directories).toList()) {
                try (var files = Files.walk(directory)) {
                    for (var file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        var source = Files.readString(file);
                        DECLARED.matcher(source)
                                .results()
                                .forEach(type -> sources.merge(type.group(1), source, String::concat));
                    }
                }
            }
        }
        return sources;
    }

    private static Stream<Path> directories(Path module) {
        return Stream.of("src/main/java", "src/test/java").map(module::resolve).filter(Files::isDirectory);
    }
}
