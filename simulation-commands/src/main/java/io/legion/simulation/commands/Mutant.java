package io.legion.simulation.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A planted mistake: a patch of a few lines of Legion's sources, its effect, and the invariants that notice.
///
/// @param name the name of its file, without the extension
/// @param rule the rule that it breaks
/// @param mistake what it does, in a sentence
/// @param seenBy the invariants of which one should break
/// @param hunks the changed places
record Mutant(String name, String rule, String mistake, String seenBy, List<Hunk> hunks) {
    private static final String ENDING = ".patch";

    /// The rules of versions.
    private static final Pattern VERSION_RULE = Pattern.compile("\\bR(8\\d|90)\\b");

    /// One changed place.
    ///
    /// @param file its file, from the root of the sources
    /// @param line its place when the patch was written, from 0
    record Hunk(String file, int line, List<String> before, List<String> after) {}

    /// All mutants in a directory, by name.
    static List<Mutant> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(Mutant::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Mutant read(Path patch) {
        String file = patch.getFileName().toString();
        List<String> lines = lines(patch);
        return new Mutant(
                file.substring(0, file.length() - ENDING.length()),
                said(lines, "# Rule: "),
                said(lines, "# Mistake: "),
                said(lines, "# Seen by: "),
                hunks(lines));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String said(List<String> lines, String label) {
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a patch has no line \"" + label + "\""));
    }

    private static List<Hunk> hunks(List<String> lines) {
        var hunks = new ArrayList<Hunk>();
        String file = "";
        for (String line : lines) {
            if (line.startsWith("+++ b/")) {
                file = line.substring("+++ b/".length());
            } else if (line.startsWith("@@ -")) {
                int start = Integer.parseInt(line.substring("@@ -".length()).split("[, ]")[0]);
                hunks.add(new Hunk(file, start - 1, new ArrayList<>(), new ArrayList<>()));
            } else if (!hunks.isEmpty() && !line.startsWith("---")) {
                add(hunks.getLast(), line);
            }
        }
        return hunks;
    }

    private static void add(Hunk hunk, String line) {
        String text = line.isEmpty() ? line : line.substring(1);
        if (!line.startsWith("+")) {
            hunk.before.add(text);
        }
        if (!line.startsWith("-")) {
            hunk.after.add(text);
        }
    }

    /// True if only a run in which releases are rolled out can show it: its rule is one of versions.
    boolean rolls() {
        return VERSION_RULE.matcher(rule).find();
    }

    /// False for a mistake that nothing here can see; `simulation/mutants/README.md` says why.
    boolean isExpected() {
        return !seenBy.startsWith("nobody");
    }

    /// The files that this mutant changes, with the mistake in them.
    ///
    /// @throws IllegalStateException if the patch does not fit the sources any more
    Map<String, List<String>> plant(Path root) {
        var planted = new TreeMap<String, List<String>>();
        for (Hunk hunk : hunks) {
            List<String> text = planted.computeIfAbsent(hunk.file, file -> new ArrayList<>(lines(root.resolve(file))));
            new PatchedPlace(hunk).change(text, name);
        }
        return planted;
    }
}
