package io.legion.benchmarks.cluster.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to measure, and how long.
///
/// @param comparisons one after the other
/// @param inFlight requests in flight at each node, the most first
/// @param runs of each subject with each number of requests in flight
/// @param measured the measured time of a run
/// @param warmUp the longest warm-up of a cluster, with the most requests in flight
/// @param flags of the nodes' JVMs
/// @param profile the directory for flight recordings of the runs; null for none
public record MeasuringPlan(
        List<Comparison> comparisons,
        List<Integer> inFlight,
        int runs,
        Duration measured,
        Duration warmUp,
        List<String> flags,
        @Nullable Path profile) {}
