package io.legion.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of `design/architecture.md`, which say what each module and each package may use.
final class ArchitectureDocument {
    /// A row of a table of packages.
    ///
    /// @param exportedTo modules, or `all`, or `nobody`
    /// @param mayUse packages of the same module
    record PackageRow(String name, Set<String> exportedTo, Set<String> mayUse) {}

    private static final Path PLACE = Path.of("..", "design", "architecture.md");
    private static final Pattern PACKAGES = Pattern.compile("## Packages of `([a-z-]+)`");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z.-]*");
    private static final String ROOT = "io.legion";
    private static final String NOTHING = "nothing";

    private final List<String> lines;

    private ArchitectureDocument(List<String> lines) {
        this.lines = lines;
    }

    static ArchitectureDocument read() {
        try {
            return new ArchitectureDocument(Files.readAllLines(PLACE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// For each module what it may know, as the table says: names of modules, `all`, or words that name none.
    Map<String, Set<String>> modules() {
        var modules = new LinkedHashMap<String, Set<String>>();
        for (var cells : table(lines.stream(), "module")) {
            for (var name : words(cells.getFirst())) {
                modules.put(name, words(cells.getLast()));
            }
        }
        return modules;
    }

    /// For each module that has a section "Packages of" it, the rows of the table there.
    Map<String, List<PackageRow>> packages() {
        var packages = new TreeMap<String, List<PackageRow>>();
        for (int i = 0; i < lines.size(); i++) {
            var section = lines.stream().skip(i + 1L).takeWhile(line -> !line.startsWith("## "));
            PACKAGES.matcher(lines.get(i))
                    .results()
                    .forEach(head -> packages.put(head.group(1), rows(table(section, "package"))));
        }
        return packages;
    }

    /// In the last cell a table leaves out the name of its shortest package: `codec` of `core` is
    /// `io.legion.core.codec`.
    private static List<PackageRow> rows(List<List<String>> table) {
        var root = table.stream()
                .map(cells -> bare(cells.getFirst()))
                .min(Comparator.comparingInt(String::length))
                .orElse(ROOT);
        return table.stream()
                .map(cells -> new PackageRow(
                        bare(cells.getFirst()), words(cells.get(1)), packages(words(cells.getLast()), root)))
                .toList();
    }

    private static Set<String> packages(Set<String> words, String root) {
        return words.stream()
                .filter(word -> !word.equals(NOTHING))
                .map(word -> word.startsWith(ROOT) ? word : root + "." + word)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The cells of each row under the head that begins with this word.
    private static List<List<String>> table(Stream<String> lines, String head) {
        return lines.dropWhile(line -> !line.startsWith("| " + head + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /// What stands between commas and semicolons, without what is in brackets.
    private static Set<String> words(String cell) {
        return Arrays.stream(cell.replaceAll("\\(.*?\\)", "").split("[,;]"))
                .map(word -> bare(word.strip()))
                .filter(word -> NAME.matcher(word).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String bare(String cell) {
        return cell.replace("`", "");
    }
}
