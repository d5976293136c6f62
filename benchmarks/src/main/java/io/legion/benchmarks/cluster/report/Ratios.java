package io.legion.benchmarks.cluster.report;

import java.util.List;
import java.util.stream.IntStream;

/// A system compared with a peer, by pairs of runs that followed each other: what else the machine does changes
/// slowly and meets both runs of a pair. Above 1 is better than the peer.
///
/// @param cpu the peer's processor time for a request, divided by the system's; the median of the pairs
/// @param throughput the system's requests in a second, divided by the peer's; the median of the pairs
public record Ratios(double cpu, double throughput) {

    /// The medians of the pairs.
    ///
    /// @param runs of the system
    /// @param peers as many runs of the peer, each beside the run at the same place
    public static Ratios of(List<Figures> runs, List<Figures> peers) {
        return new Ratios(
                medianOf(peers, runs, Figure.CPU_US_PER_REQUEST), medianOf(runs, peers, Figure.REQUESTS_PER_SECOND));
    }

    private static double medianOf(List<Figures> above, List<Figures> below, Figure figure) {
        return Median.of(IntStream.range(0, above.size())
                .mapToDouble(i -> above.get(i).get(figure) / below.get(i).get(figure)));
    }
}
