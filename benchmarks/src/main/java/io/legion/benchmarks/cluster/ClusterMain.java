package io.legion.benchmarks.cluster;

import io.legion.benchmarks.ScratchDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `legion bench cluster`: three nodes on this machine under load, in each of the ways that Legion answers,
/// and other systems beside it, by turns. The table goes to the standard output, what happens meanwhile to the standard
/// error stream. It exits with 1 if an answered request was lost.
@Command(
        name = "legion bench cluster",
        description = "Measures three nodes on this machine under load.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class ClusterMain implements Callable<Integer> {
    private static final String QUICK =
            "Quick: short runs and a short warm-up. The figures are less exact than without --quick.";

    private final List<String> arguments;

    @Mixin
    private final ClusterOptions options = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private ClusterMain(List<String> arguments) {
        this.arguments = arguments;
    }

    /// Measures.
    public static void main(String[] arguments) {
        System.exit(run(System.err, arguments));
    }

    static int run(PrintStream err, String... arguments) {
        return CommandLines.run(new ClusterMain(List.of(arguments)), err, arguments);
    }

    @Override
    public Integer call() throws IOException {
        var plan = plan();
        prepareFiles();
        if (options.quick()) {
            System.err.println(QUICK);
        }
        long begin = System.nanoTime();
        var head = options.head(LocalDate.now(ZoneOffset.UTC).toString(), arguments);
        var results = ScratchDirectory.managed().use(scratch -> new Measuring(plan, scratch, System.err).all());
        show(new Report(head, results));
        System.err.println(
                "All of it took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s.");
        return results.stream().allMatch(result -> result.balance().holds()) ? 0 : 1;
    }

    private Plan plan() {
        try {
            return options.plan();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), wrong.getMessage());
        }
    }

    /// What can not be written is better known before than after half an hour.
    private void prepareFiles() throws IOException {
        if (options.profile() != null) {
            Files.createDirectories(options.profile());
        }
        if (options.json() != null) {
            Files.createDirectories(options.json().toAbsolutePath().getParent());
            Files.writeString(options.json(), "");
        }
    }

    private void show(Report report) throws IOException {
        System.out.print(ResultTable.text(report));
        if (options.json() != null) {
            Files.writeString(options.json(), ReportJson.text(report));
        }
    }
}
