package io.legion.simulation.shapes;

import io.legion.core.PartitionType;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Keeps the shapes of your partition types, one file for each version beside the source, and compares the present
/// classes with them: a change that does not fit the versions before fails in the build.
///
/// ```java
/// @Test
/// void everyVersionFitsTheOnesBefore() {
///     Shapes.in(Path.of("src/test/shapes")).check(Bank.ACCOUNTS);
/// }
/// ```
///
/// A file holds what all releases that run a version have in common: the formats of states, events and outputs, the
/// initial state, what constructors make of what the bytes do not have, and what a sample of each event makes of a
/// sample of the state. A version without a file gets one, in
/// `TYPE/VERSION.shape`, if everything else fits; where the environment has `CI=true`, or the system property
/// `legion.shapes` is `check`, that fails instead.
///
/// Samples find some changes of `apply` and of the index function that have no version, not all.
///
/// Immutable. **Threads.** Any, but one at a time for a directory.
public final class Shapes {
    /// `check` or `write`.
    private static final String MODE = "legion.shapes";

    private final ShapeDirectory directory;
    private final boolean isWriting;
    private final Logger logger;

    private Shapes(ShapeDirectory directory, boolean isWriting, Logger logger) {
        this.directory = directory;
        this.isWriting = isWriting;
        this.logger = logger;
    }

    /// The shapes in a directory, which the first file makes. All partition types of a service have one directory.
    /// The standard error names each file that this writes.
    public static Shapes in(Path directory) {
        return in(directory, ConsoleLogger.open());
    }

    /// As [#in(Path)].
    ///
    /// @param logger gets a line for each file that this writes
    public static Shapes in(Path directory, Logger logger) {
        return new Shapes(new ShapeDirectory(directory), mayWrite(), logger);
    }

    private static boolean mayWrite() {
        String mode = System.getProperty(MODE, "true".equals(System.getenv("CI")) ? "check" : "write");
        if (!Set.of("check", "write").contains(mode)) {
            throw new IllegalArgumentException(
                    "the system property " + MODE + " is \"" + mode + "\"; it can be check or write");
        }
        return mode.equals("write");
    }

    /// The same, which writes files that are missing, or does not: whatever property and environment say.
    public Shapes writing(boolean writes) {
        return new Shapes(directory, writes, logger);
    }

    /// Compares, and writes what is missing.
    ///
    /// @param types all partition types of the service
    /// @throws AssertionError if something does not fit, or a file is missing and must not be written; the
    ///     message says what, why it matters and what to do. Then nothing was written
    /// @throws ShapeFileException if a file cannot be read or written
    public void check(PartitionType<?>... types) {
        var report = compare(List.of(types));
        report.written()
                .forEach(file -> logger.info("The file of shapes " + file
                        + " was not there. It is written now: commit it with the sources."));
        if (!report.isWell()) {
            throw new AssertionError("The partition types do not fit the shapes that are kept in " + directory.root()
                    + ". Nothing was written.\n\n" + report.text());
        }
    }

    /// As [#check], and tells what it found.
    ///
    /// @throws IllegalArgumentException without types, if two have one name, or if one has parts of a later version
    ///     than its own
    /// @throws ShapeFileException if a file cannot be read or written
    public ShapeReport compare(List<PartitionType<?>> types) {
        requireNames(types);
        types.forEach(PartitionType::requireVersion);
        var checks = types.stream()
                .map(type -> new TypeCheck(type, directory.kept(type.name())))
                .toList();
        var problems = problems(checks);
        var missing = checks.stream().flatMap(check -> check.missing().stream()).toList();
        int compared = checks.stream().mapToInt(check -> check.kept().size()).sum();
        return problems.isEmpty() && isWriting
                ? new ShapeReport(problems, List.of(), directory.write(missing), compared)
                : new ShapeReport(problems, files(missing), List.of(), compared);
    }

    private List<String> problems(List<TypeCheck> checks) {
        var gone = new GoneTypes(directory, checks);
        var lost = new ArrayList<>(gone.shapes());
        checks.stream()
                .filter(check -> !check.isItself())
                .forEach(check -> lost.addAll(check.kept().values()));
        var problems = new ArrayList<String>();
        checks.forEach(check -> problems.addAll(check.problems(lost)));
        problems.addAll(gone.problems());
        return problems;
    }

    private List<Path> files(List<KeptShape> shapes) {
        return shapes.stream()
                .map(shape -> directory.of(shape.type(), shape.version()))
                .toList();
    }

    private static void requireNames(List<PartitionType<?>> types) {
        var names = types.stream().map(PartitionType::name).collect(Collectors.toCollection(TreeSet::new));
        if (types.isEmpty() || names.size() < types.size()) {
            throw new IllegalArgumentException(
                    "the shapes of all partition types of a service are compared together, each"
                            + " under a name of its own; given were " + types);
        }
    }

    /// In what two kept versions of a type differ, one line for each part; empty if they do not.
    ///
    /// @throws ShapeFileException if one of the files is not there, or cannot be read
    public List<String> differences(String type, int from, int to) {
        var kept = directory.kept(type);
        return VersionDifference.between(need(kept, type, from), need(kept, type, to));
    }

    private KeptShape need(SortedMap<Integer, KeptShape> kept, String type, int version) {
        KeptShape shape = kept.get(version);
        if (shape == null) {
            throw new ShapeFileException(
                    directory.of(type, version) + " is not there; kept are the versions " + kept.keySet(), null);
        }
        return shape;
    }
}
