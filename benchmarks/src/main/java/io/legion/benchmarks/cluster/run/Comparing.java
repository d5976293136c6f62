package io.legion.benchmarks.cluster.run;

import io.legion.benchmarks.cluster.report.Balance;
import io.legion.benchmarks.cluster.report.Figure;
import io.legion.benchmarks.cluster.report.SubjectResult;
import io.legion.benchmarks.cluster.subject.Subject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries out a [Comparison]: starts all its clusters and warms them up, then runs them by turns, only one of
/// them under load at a time. At the end it searches each for what it lost.
final class Comparing implements AutoCloseable {
    private final MeasuringPlan plan;
    private final PrintStream progress;
    private final Map<Subject.Processes, Trio> trios = new LinkedHashMap<>();
    private final List<Contender> contenders = new ArrayList<>();

    private Comparing(MeasuringPlan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// Starts the clusters, all at once.
    ///
    /// @param scratch where they keep their files
    static Comparing start(Comparison comparison, MeasuringPlan plan, Path scratch, PrintStream progress) {
        var comparing = new Comparing(plan, progress);
        try {
            for (var subject : comparison.subjects()) {
                var trio = comparing.trios.computeIfAbsent(subject.processes(), _ -> {
                    progress.println(subject + ": starting");
                    return Trio.start(subject, scratch, plan.flags());
                });
                comparing.contenders.add(new Contender(subject, trio, new WarmUp(plan.warmUp())));
            }
            return comparing;
        } catch (RuntimeException failure) {
            comparing.close();
            throw failure;
        }
    }

    List<SubjectResult> results() {
        trios.values().forEach(Trio::awaitReady);
        contenders.forEach(this::warmUp);
        // The most first, as in the warm-up.
        for (int inFlight :
                plan.inFlight().stream().sorted(Comparator.reverseOrder()).toList()) {
            for (int round = 0; round < plan.runs(); round++) {
                for (var contender : Comparison.inOrder(contenders, round)) {
                    run(contender, inFlight, round);
                }
            }
        }
        contenders.forEach(this::tellLooks);
        return contenders.stream()
                .flatMap(contender -> contender.results(peerOf(contender), balance(contender)).stream())
                .toList();
    }

    private void warmUp(Contender contender) {
        var warmUp = contender.warmUp(Collections.max(plan.inFlight()));
        tell(
                contender,
                (warmUp.isQuiet() ? "warm" : "the compilers are not quiet yet") + " after "
                        + warmUp.passed().toSeconds() + " s of load");
    }

    private void run(Contender contender, int inFlight, int round) {
        var figures = contender.run(inFlight, plan.measured(), recordings(contender.subject(), inFlight, round));
        tell(
                contender,
                String.format(
                        Locale.ROOT,
                        "%d in flight, run %d of %d: %,.0f requests/s, %.1f µs of CPU",
                        inFlight,
                        round + 1,
                        plan.runs(),
                        figures.get(Figure.REQUESTS_PER_SECOND),
                        figures.get(Figure.CPU_US_PER_REQUEST)));
    }

    private @Nullable String recordings(Subject subject, int inFlight, int round) {
        return plan.profile() == null
                ? null
                : plan.profile()
                        .resolve(subject.fileName() + "-" + inFlight + "-run-" + (round + 1))
                        .toAbsolutePath()
                        .toString();
    }

    private Balance balance(Contender contender) {
        var balance = contender.balance();
        tell(
                contender,
                balance.acknowledged() + " requests were answered; lost: " + balance.lost()
                        + ", in the counters without an answer: " + balance.unaskedFor());
        return balance;
    }

    private void tellLooks(Contender contender) {
        if (contender.subject().isWatched()) {
            var looks = contender.looks();
            tell(contender, "answers to the dashboard: " + looks.dashboard() + ", to Prometheus: " + looks.scrapes());
        }
    }

    private @Nullable Contender peerOf(Contender contender) {
        return contenders.stream()
                .filter(other ->
                        contender.subject().isLegion() && !other.subject().isLegion())
                .findFirst()
                .orElse(null);
    }

    private void tell(Contender contender, String what) {
        progress.println(contender.subject() + ": " + what);
    }

    /// Stops the clusters, all at once.
    @Override
    public void close() {
        trios.values().forEach(Trio::askToStop);
        trios.values().forEach(Trio::close);
    }
}
