package io.legion.benchmarks.cluster.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The results of one subject with one number of requests in flight.
///
/// @param inFlight requests in flight at each node
/// @param warmUpSeconds how long the load went on before the first run of the subject
/// @param warm whether the just-in-time compilers were quiet then
/// @param medians of the runs
/// @param balance of the subject's whole time
/// @param ratios to the peer that ran beside it; null if there was none
public record SubjectResult(
        String system,
        String mode,
        String store,
        int inFlight,
        long warmUpSeconds,
        boolean warm,
        Figures medians,
        List<Figures> runs,
        Balance balance,
        @Nullable Ratios ratios) {}
