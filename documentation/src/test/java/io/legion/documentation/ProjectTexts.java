package io.legion.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The texts of the project, by their paths from its root.
final class ProjectTexts {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private ProjectTexts() {}

    /// The files of this ending in one directory of every module that has it, such as `src/main/java`.
    static SortedMap<Path, String> ofModules(String directory, String ending) throws IOException {
        var texts = new TreeMap<Path, String>();
        try (var modules = Files.list(ROOT)) {
            for (var module : modules.map(each -> each.resolve(directory))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (var files = Files.walk(module)) {
                    texts.putAll(read(files, ending));
                }
            }
        }
        return texts;
    }

    /// The files of this ending that are in these directories themselves.
    static SortedMap<Path, String> in(List<String> directories, String ending) throws IOException {
        var texts = new TreeMap<Path, String>();
        for (var directory : directories) {
            try (var files = Files.list(ROOT.resolve(directory))) {
                texts.putAll(read(files, ending));
            }
        }
        return texts;
    }

    private static SortedMap<Path, String> read(Stream<Path> files, String ending) throws IOException {
        var texts = new TreeMap<Path, String>();
        for (var file : files.filter(each -> each.toString().endsWith(ending)).toList()) {
            texts.put(ROOT.relativize(file), Files.readString(file));
        }
        return texts;
    }
}
