package io.legion.benchmarks.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be measured, and how long.
///
/// @param subjects one after the other, each with a cluster of its own
/// @param inFlight requests in flight at each node, a step each
/// @param warmUp the load before the first step, with the most requests in flight
/// @param measured the measured time of a step
/// @param flags of the nodes' JVMs
/// @param profile the directory for flight recordings of the steps; null for none
record Plan(
        List<Subject> subjects,
        List<Integer> inFlight,
        Duration warmUp,
        Duration measured,
        List<String> flags,
        @Nullable Path profile) {}
