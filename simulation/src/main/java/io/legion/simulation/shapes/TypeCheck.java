package io.legion.simulation.shapes;

import io.legion.core.PartitionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One partition type against all that is kept of it.
final class TypeCheck {
    private final PartitionType<?> type;
    private final SortedMap<Integer, KeptShape> kept;
    private final KeptShape newest;
    private final int next;

    /// The versions in which something differs, by what it is.
    private final Map<ShapeChange, TreeSet<Integer>> changes = new LinkedHashMap<>();

    TypeCheck(PartitionType<?> type, SortedMap<Integer, KeptShape> kept) {
        this.type = type;
        this.kept = kept;
        this.newest = PresentShape.of(type, type.version());
        this.next = kept.isEmpty() ? type.version() : kept.lastKey() + 1;
    }

    PartitionType<?> type() {
        return type;
    }

    SortedMap<Integer, KeptShape> kept() {
        return kept;
    }

    /// The shapes of this release that no file has yet.
    List<KeptShape> missing() {
        return IntStream.rangeClosed(type.minimumVersion(), type.version())
                .filter(version -> !kept.containsKey(version))
                .mapToObj(version -> PresentShape.of(type, version))
                .toList();
    }

    /// Whether it is still what a file of its own says.
    boolean isItself() {
        return kept.values().stream()
                .filter(shape -> type.runs(shape.version()))
                .anyMatch(shape -> shape.isSameBut(at(shape.version())));
    }

    /// What does not fit, for people.
    ///
    /// @param lost what is kept of types that are gone, or no longer what they were
    List<String> problems(List<KeptShape> lost) {
        var found = new ArrayList<String>();
        steps().forEach(change -> found.add(problem(change, "")));
        String another = isItself() ? "" : another(lost);
        if (another.isEmpty()) {
            kept.values().forEach(this::compare);
            changes.forEach((change, versions) -> found.add(problem(change, inVersions(versions))));
        } else {
            found.add(another);
        }
        return found;
    }

    private void compare(KeptShape shape) {
        var comparison = new ShapeComparison(shape, at(shape.version()), newest, next, type.isIndexedByVersion());
        List<ShapeChange> differences = List.of();
        if (type.runs(shape.version())) {
            differences = comparison.changes();
        } else if (shape.version() < type.minimumVersion()) {
            differences = comparison.unreadable();
        }
        differences.forEach(
                change -> changes.computeIfAbsent(change, _ -> new TreeSet<>()).add(shape.version()));
    }

    private KeptShape at(int version) {
        return PresentShape.of(type, Math.min(version, type.version()));
    }

    /// A version that is gone, and releases between which no cluster gets.
    private List<ShapeChange> steps() {
        var found = new ArrayList<ShapeChange>();
        if (!kept.isEmpty() && kept.lastKey() > type.version()) {
            found.add(new ShapeChange(
                    "the type says version(" + type.version() + "), and version " + kept.lastKey() + " is kept",
                    "a version that became active stays active: nodes of this release would be kept out",
                    "say version(" + kept.lastKey()
                            + ") or higher; or, if no release with a higher version runs anywhere,"
                            + " delete the files of these versions"));
        }
        impure(newest.defaults(), "reading an empty ", found);
        impure(newest.samples(), "", found);
        int before = 0;
        for (KeptShape shape : kept.values()) {
            bridge(before, shape.version(), shape.minimum(), found);
            before = shape.version();
        }
        if (before < type.version()) {
            bridge(before, type.version(), type.minimumVersion(), found);
        }
        return found;
    }

    private static void impure(SortedMap<String, String> results, String what, List<ShapeChange> found) {
        results.forEach((name, result) -> {
            if (result.equals(PresentShape.NOT_PURE)) {
                found.add(new ShapeChange(
                        "a sample: " + what + name + " gives something else each time",
                        "each node makes something else of the same: the nodes would diverge",
                        "let constructors, apply and the index function depend on their arguments alone"));
            }
        });
    }

    /// A cluster gets from one version to the next only with nodes that can run both.
    private static void bridge(int before, int version, int minimum, List<ShapeChange> found) {
        if (before > 0 && minimum > before) {
            found.add(new ShapeChange(
                    "the release that brings version " + version + " runs none before " + minimum
                            + ", and the version before is " + before,
                    "a version becomes active when all nodes can run it; until then these nodes could not take part, so no"
                            + " cluster gets from " + before + " to " + version,
                    "bring version " + version + " with minimumVersion(" + before
                            + ") or less, and raise that with a later release"));
        }
    }

    /// That the type is what a lost one was, by all that bytes show; empty if it is not.
    private String another(List<KeptShape> lost) {
        return lost.stream()
                .filter(shape -> !shape.type().equals(type.name()) && shape.isSameBut(at(shape.version())))
                .findFirst()
                .map(shape -> problem(
                        new ShapeChange(
                                "it is what version " + shape.version() + " of the type '" + shape.type() + "' is"
                                        + (kept.isEmpty() ? "" : ", and no longer what it was"),
                                "every stored state and event goes by the type's name: under another name nothing of it is"
                                        + " found, or is read as something else",
                                "give each type the name back that it had"),
                        ""))
                .orElse("");
    }

    private static String inVersions(SortedSet<Integer> versions) {
        return (versions.size() == 1 ? ", in version " : ", in the versions ")
                + versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private String problem(ShapeChange change, String where) {
        return "The type '" + type.name() + "': " + change.what() + where + ".\n  Why it matters: " + change.why()
                + ".\n  What to do: " + change.cure() + "." + unreleased();
    }

    private String unreleased() {
        boolean onlyNewest = changes.values().stream().allMatch(versions -> versions.first() == type.version());
        return changes.isEmpty() || !onlyNewest
                ? ""
                : " If no release with version " + type.version()
                        + " runs anywhere yet, delete its file, and run this again.";
    }
}
