package io.legion.benchmarks.cluster;

import io.legion.benchmarks.ScratchDirectory;
import io.legion.benchmarks.cluster.report.Report;
import io.legion.benchmarks.cluster.report.ResultTable;
import io.legion.benchmarks.cluster.run.Measuring;
import io.legion.benchmarks.cluster.run.MeasuringPlan;
import java.io.IOException;
import java.io.PrintStream;
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

/// The command `legion bench cluster`: three nodes on this machine under load, in each of the ways that Legion
/// answers, and other systems beside it, by turns. The table goes to the standard output, progress to the
/// standard error stream. It exits with 1 if a counter lost an answered request, or has an unexplained one.
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
        var plan = prepared();
        if (options.quick()) {
            System.err.println(QUICK);
        }
        long begin = System.nanoTime();
        var head = options.head(LocalDate.now(ZoneOffset.UTC).toString(), arguments);
        var results = ScratchDirectory.managed().use(scratch -> new Measuring(plan, scratch, System.err).all());
        var report = new Report(head, results);
        System.out.print(ResultTable.text(report));
        options.files().write(report);
        System.err.println(
                "All of it took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s.");
        return results.stream().allMatch(result -> result.balance().holds()) ? 0 : 1;
    }

    private MeasuringPlan prepared() {
        try {
            var plan = options.plan();
            options.files().prepare();
            return plan;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), wrong.getMessage(), wrong);
        }
    }
}
