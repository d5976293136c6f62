package io.legion.benchmarks.cluster.run;

import io.legion.benchmarks.cluster.report.Balance;
import io.legion.benchmarks.cluster.report.Figures;
import io.legion.benchmarks.cluster.report.Ratios;
import io.legion.benchmarks.cluster.report.SubjectResult;
import io.legion.benchmarks.cluster.subject.Subject;
import io.legion.benchmarks.cluster.watch.Looks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A subject under measurement: its cluster, which another subject may share, and its figures so far.
final class Contender {
    private final Subject subject;
    private final Trio trio;
    private final WarmUp warmUp;
    /// By the number of requests in flight.
    private final Map<Integer, List<Figures>> runs = new TreeMap<>();

    Contender(Subject subject, Trio trio, WarmUp warmUp) {
        this.subject = subject;
        this.trio = trio;
        this.warmUp = warmUp;
    }

    Subject subject() {
        return subject;
    }

    /// Runs the load until the cluster is warm or the time is over.
    WarmUp warmUp(int inFlight) {
        for (var window = warmUp.next(); window.isPositive(); window = warmUp.next()) {
            warmUp.passed(
                    window, trio.warmUp(inFlight, window, subject.isWatched()).compilersShare());
        }
        return warmUp;
    }

    /// @param recordings where each node's flight recording goes; null for none
    Figures run(int inFlight, Duration measured, @Nullable String recordings) {
        var figures = trio.run(inFlight, measured, subject.isWatched(), recordings);
        runs.computeIfAbsent(inFlight, _ -> new ArrayList<>()).add(figures);
        return figures;
    }

    Balance balance() {
        return trio.balance();
    }

    /// How often those who watched it were answered.
    Looks looks() {
        return trio.looks();
    }

    /// The results, for each number of requests in flight.
    ///
    /// @param peer the contender to compare it with; null for none
    /// @param balance of the whole time
    List<SubjectResult> results(@Nullable Contender peer, Balance balance) {
        var results = new ArrayList<SubjectResult>();
        runs.forEach((inFlight, figures) -> {
            var ratios = peer == null ? null : Ratios.of(figures, peer.runs.getOrDefault(inFlight, List.of()));
            results.add(new SubjectResult(
                    subject.system(),
                    subject.mode(),
                    subject.kept(),
                    inFlight,
                    warmUp.passed().toSeconds(),
                    warmUp.isQuiet(),
                    Figures.medians(figures),
                    figures,
                    balance,
                    ratios));
        });
        return results;
    }
}
