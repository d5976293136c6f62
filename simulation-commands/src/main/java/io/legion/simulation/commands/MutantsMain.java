package io.legion.simulation.commands;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `legion mutants`: plants each mistake of `simulation/mutants` in a scratch copy and shows which
/// invariant the simulation sees broken, with which seed, after how long. It exits with 1 if it misses a mutant
/// that it should find.
@Command(
        name = "mutants",
        mixinStandardHelpOptions = true,
        description = "Plants bugs in the protocol and shows that the simulation finds them.")
public final class MutantsMain implements Callable<Integer> {
    @Option(names = "--only", split = ",", description = "only the mutants whose names contain one of these")
    private List<String> only = List.of("");

    @Option(names = "--for", description = "how long each is searched for: 40s, 2m (${DEFAULT-VALUE})")
    private String duration = "2m";

    private final PrintStream out = System.out;

    private MutantsMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MutantsMain()).execute(arguments));
    }

    /// The root of the sources that this class was built from.
    static Path root() {
        try {
            Path here = Path.of(MutantsMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path up = here; up != null; up = up.getParent()) {
                if (Files.isDirectory(up.resolve("simulation/mutants"))) {
                    return up;
                }
            }
            throw new IllegalStateException("there is no directory simulation/mutants above " + here
                    + ": mutants are planted only in a tree of Legion's sources");
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = root();
        Duration limit = Duration.parse("PT" + duration.toUpperCase(Locale.ROOT));
        List<Mutant> mutants = Mutant.in(root.resolve("simulation/mutants")).stream()
                .filter(mutant -> only.stream().anyMatch(mutant.name()::contains))
                .toList();
        out.println(row("mutant", "rule", "found by", "seed", "seconds"));
        int found = 0;
        int missed = 0;
        for (Mutant mutant : mutants) {
            MutantTrial.Result result = attempt(root, mutant, limit);
            boolean isFound = result.invariant() != null;
            found += isFound ? 1 : 0;
            missed += mutant.isExpected() && !isFound ? 1 : 0;
            out.println(row(mutant, result));
        }
        out.println("mutants " + mutants.size() + ", found " + found + ", expected but not found " + missed);
        return missed == 0 && !mutants.isEmpty() ? 0 : 1;
    }

    private static MutantTrial.Result attempt(Path root, Mutant mutant, Duration limit)
            throws IOException, InterruptedException {
        Path scratch = root.resolve("target/mutants").resolve(mutant.name());
        delete(scratch);
        var trial = new MutantTrial(mutant, scratch);
        trial.build(root);
        return trial.run(limit);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(MutantsMain::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String row(Mutant mutant, MutantTrial.Result result) {
        @Nullable String invariant = result.invariant();
        return row(
                mutant.name(),
                mutant.rule(),
                invariant == null ? "NOT FOUND" : invariant,
                invariant == null ? "-" : Long.toString(result.seed()),
                String.format(Locale.ROOT, "%.1f", result.seconds()));
    }

    private static String row(String mutant, String rule, String found, String seed, String seconds) {
        return String.format(Locale.ROOT, "%-30s %-18s %-22s %8s %8s", mutant, rule, found, seed, seconds);
    }
}
