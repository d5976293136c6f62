package io.legion.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tables of `design/architecture.md`, which say what each module and each package may use.
final class ArchitectureDocument {
    /// A row of the table of packages.
    ///
    /// @param exportedTo `all`, `nobody`, or the one module
    record PackageRow(String name, String exportedTo, Set<String> mayUse) {}

    private static final Path PLACE = Path.of("..", "design", "architecture.md");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z.-]*");
    private static final String ROOT = "io.legion";

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
        for (var cells : table("module")) {
            for (var name : words(cells.getFirst())) {
                modules.put(name, words(cells.getLast()));
            }
        }
        return modules;
    }

    /// The packages of `runtime`, in the order of the table.
    List<PackageRow> packages() {
        return table("package").stream()
                .map(cells -> new PackageRow(
                        bare(cells.getFirst()),
                        cells.get(1),
                        words(cells.getLast()).stream()
                                .map(ArchitectureDocument::whole)
                                .collect(Collectors.toCollection(TreeSet::new))))
                .toList();
    }

    /// The rows under the head that begins with this word.
    private List<List<String>> table(String head) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith("| " + head + " |"))
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

    private static String whole(String name) {
        return name.startsWith(ROOT) || name.equals("nothing") ? name : ROOT + "." + name;
    }
}
