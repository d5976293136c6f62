package io.legion.simulation.commands;

import io.legion.simulation.runs.Finding;
import io.legion.simulation.runs.Runs;
import io.legion.simulation.runs.Shrinker;
import io.legion.simulation.runs.Steady;
import io.legion.simulation.scene.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `legion simulate`: one seed with its story, a range of seeds, or fresh seeds for a while. It
/// exits with 1 if an invariant broke.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs a whole cluster in one thread under simulated faults.")
public final class SimulateMain implements Callable<Integer> {
    private static final long STEADY_MILLIS = 60_000;

    @ArgGroup(multiplicity = "1")
    private final Wanted wanted = new Wanted();

    @Option(names = "--without", split = ",", description = "faults that are left out, by their numbers")
    private int @Nullable [] without;

    @Option(names = "--machines", description = "at most so many machines")
    private int machines = Integer.MAX_VALUE;

    @Option(names = "--requests", description = "at most so many requests")
    private long requests = Long.MAX_VALUE;

    @Option(names = "--shrink", description = "with --seed: makes the run smaller before it tells it")
    private boolean shrink;

    @Option(names = "--messages", description = "with --seed: tells every message too")
    private boolean messages;

    @Option(names = "--rolling", description = "releases of the service are rolled out and back among the other faults")
    private boolean rolling;

    @Option(names = "--count", description = "with --from: how many seeds (${DEFAULT-VALUE})")
    private long count = 1_000;

    @Option(names = "--threads", description = "on how many threads (one for each core)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--nodes", description = "with --rate: how many nodes (${DEFAULT-VALUE})")
    private int nodes = 3;

    @Option(
            names = "--times",
            description = "with --rate: how often, the first times only to warm up (${DEFAULT-VALUE})")
    private int times = 5;

    private final PrintStream out = System.out;

    private static final class Wanted {
        @Option(names = "--seed", description = "runs one seed and tells its story")
        private @Nullable Long seed;

        @Option(names = "--from", description = "runs seeds from this one on")
        private @Nullable Long from;

        @Option(names = "--for", description = "runs fresh seeds for so long: 30s, 10m, 2h")
        private @Nullable String duration;

        @Option(
                names = "--rate",
                description = "measures how fast a cluster without faults is simulated, with so many requests per"
                        + " simulated second")
        private @Nullable Long rate;
    }

    private SimulateMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimulateMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (wanted.rate != null) {
            return measure(new Steady(nodes, wanted.rate, STEADY_MILLIS));
        }
        if (wanted.seed != null) {
            return tell(wanted.seed);
        }
        if (wanted.from != null) {
            return search(wanted.from, wanted.from + count, Duration.ofDays(365));
        }
        long fresh = System.currentTimeMillis() << 20;
        out.println("from seed " + fresh + " on");
        return search(fresh, Long.MAX_VALUE, duration(java.util.Objects.requireNonNull(wanted.duration)));
    }

    private int measure(Steady steady) {
        boolean broken = false;
        for (int i = 0; i < times; i++) {
            Steady.Measured measured = steady.run();
            broken |= measured.finding().breach() != null;
            out.println(measured);
        }
        return broken ? 1 : 0;
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
    }

    private int tell(long seed) {
        var left = new TreeSet<Integer>();
        for (int number : without == null ? new int[0] : without) {
            left.add(number);
        }
        Plan plan = Plan.of(seed).machines(machines).without(left).requests(requests);
        if (shrink) {
            Finding finding = run(plan);
            plan = finding.breach() == null
                    ? plan
                    : Shrinker.shrink(finding, this::run, out::println).plan();
        }
        return show(rolling ? Runs.rollingTold(plan, out::println, messages) : Runs.told(plan, out::println, messages));
    }

    private Finding run(Plan plan) {
        return rolling ? Runs.rolling(plan) : Runs.quietly(plan);
    }

    private int show(Finding finding) {
        Plan plan = finding.plan();
        out.println(finding.breach() == null ? "nothing is broken" : finding.breach());
        out.println("again: ./legion simulate --seed " + plan.seed()
                + (rolling ? " --rolling" : "")
                + (plan.machines() == Integer.MAX_VALUE ? "" : " --machines " + plan.machines())
                + (plan.without().isEmpty() ? "" : " --without " + numbers(plan))
                + (plan.requests() == Long.MAX_VALUE ? "" : " --requests " + plan.requests()));
        return finding.breach() == null ? 0 : 1;
    }

    private static String numbers(Plan plan) {
        return String.join(",", plan.without().stream().map(String::valueOf).toList());
    }

    private int search(long from, long to, Duration limit) throws InterruptedException {
        var totals = new RunTotals();
        var next = new AtomicLong(from);
        long deadline = System.nanoTime() + limit.toNanos();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                workers.execute(() -> {
                    for (long seed = next.getAndIncrement();
                            seed < to && System.nanoTime() < deadline;
                            seed = next.getAndIncrement()) {
                        run(seed, totals);
                    }
                });
            }
            workers.shutdown();
            while (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                out.println(totals.progress());
            }
        }
        out.println(totals.progress());
        out.println(totals.sum());
        return totals.broken().isEmpty() ? 0 : 1;
    }

    private void run(long seed, RunTotals totals) {
        Finding finding = run(Plan.of(seed));
        totals.add(finding);
        if (finding.breach() != null) {
            out.println("seed " + seed + ": " + finding.breach());
        }
    }
}
