package io.legion.benchmarks.cluster.report;

/// The counters, compared with what the callers that incremented them heard.
///
/// @param acknowledged requests that were answered
/// @param lost answered requests that are in no counter
/// @param unaskedFor increments in the counters that no caller heard of, and that no failed request explains
public record Balance(long acknowledged, long lost, long unaskedFor) {

    /// Compares the counters with what the callers heard of each.
    ///
    /// @param failed requests without an answer, each of which may have been applied all the same
    public static Balance of(long[] acknowledged, long[] counts, long failed) {
        long told = 0;
        long lost = 0;
        long more = 0;
        for (int key = 0; key < acknowledged.length; key++) {
            told += acknowledged[key];
            lost += Math.max(0, acknowledged[key] - counts[key]);
            more += Math.max(0, counts[key] - acknowledged[key]);
        }
        return new Balance(told, lost, Math.max(0, more - failed));
    }

    /// True if every answered request is in its counter, once.
    public boolean holds() {
        return lost == 0 && unaskedFor == 0;
    }
}
