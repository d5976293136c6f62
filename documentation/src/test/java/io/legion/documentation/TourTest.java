package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The classes and methods that `design/tour.md` leads through exist.
final class TourTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+)(?:#([a-z]\\w*))?`");

    @Test
    void everyClassAndMethodOfTheTourExists() throws IOException {
        var sources = sources();
        var missing = new TreeSet<String>();
        int named = 0;
        var tour = NAMED.matcher(Files.readString(ROOT.resolve("design/tour.md")));
        while (tour.find()) {
            var type = tour.group(1);
            var method = tour.group(2);
            var source = sources.get(type);
            named++;
            if (source == null || (method != null && !declares(source, method))) {
                missing.add(tour.group());
            }
        }
        assertThat(named).isGreaterThan(50);
        assertThat(missing).isEmpty();
    }

    private static boolean declares(String source, String method) {
        return Pattern.compile("^    (?:[\\w@<][^=;]* )?" + method + "\\(", Pattern.MULTILINE)
                .matcher(source)
                .find();
    }

    private static Map<String, String> sources() throws IOException {
        var sources = new HashMap<String, String>();
        for (var module : new String[] {"core", "runtime", "documentation"}) {
            for (var kind : new String[] {"main", "test"}) {
                var directory = ROOT.resolve(module + "/src/" + kind + "/java");
                if (!Files.isDirectory(directory)) {
                    continue;
                }
                try (var files = Files.walk(directory)) {
                    for (var file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        var name = file.getFileName().toString().replace(".java", "");
                        sources.put(name, Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }
}
