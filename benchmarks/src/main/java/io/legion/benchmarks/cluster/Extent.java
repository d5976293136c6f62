package io.legion.benchmarks.cluster;

import io.legion.benchmarks.cluster.subject.Mode;
import java.time.Duration;
import java.util.List;

/// How much to measure where the options do not say.
///
/// @param modes of Legion
/// @param runs of each cluster with each number of requests in flight
/// @param measured how long each run is measured
/// @param warmUp the longest warm-up of a cluster
record Extent(List<Mode> modes, int runs, Duration measured, Duration warmUp) {
    /// For published figures.
    static final Extent FULL = new Extent(List.of(Mode.values()), 5, Duration.ofSeconds(10), Duration.ofMinutes(4));

    /// Shows in four minutes whether a change of Legion was a good one.
    static final Extent QUICK =
            new Extent(List.of(Mode.FAST, Mode.DURABLE, Mode.FINAL), 2, Duration.ofSeconds(2), Duration.ofSeconds(20));
}
