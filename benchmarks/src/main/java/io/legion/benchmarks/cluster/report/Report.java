package io.legion.benchmarks.cluster.report;

import java.util.List;

/// All results of one call of the command, and what they were measured with.
public record Report(Head head, List<SubjectResult> results) {

    /// What the results were measured with.
    ///
    /// @param date of the beginning, such as 2026-11-29
    /// @param java the version of the JVM
    /// @param processors of the machine
    /// @param command which can be given again, without where its files go
    /// @param collector of each node
    /// @param heap of each node, as the JVM's options write it
    /// @param quick whether it was a short measurement, which is less exact
    public record Head(
            String date, String java, int processors, String command, String collector, String heap, boolean quick) {}
}
