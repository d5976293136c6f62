package io.legion.benchmarks.cluster;

import java.util.List;
import org.HdrHistogram.Histogram;

/// What all nodes together measured in one step.
///
/// @param inFlight requests in flight at each node
/// @param perSecond answered requests
/// @param latencies of them, in ns
/// @param cpuMicros processor time of the nodes' processes for each, µs
/// @param switches of the whole machine from one thread to another, for each; NaN where that can not be known
/// @param othersCores processors that were taken by other processes, or by others on the same host; NaN
///     where that can not be known
/// @param failed requests without an answer
record Step(
        int inFlight,
        double perSecond,
        Histogram latencies,
        double cpuMicros,
        double switches,
        double othersCores,
        long failed) {

    static Step of(int inFlight, List<Measurement> nodes) {
        var latencies = new Histogram(3);
        double perSecond = 0;
        double cpu = 0;
        double busy = 0;
        double switches = 0;
        long failed = 0;
        for (var node : nodes) {
            double nanos = node.used().nanos();
            latencies.add(node.latencies());
            perSecond += node.operations() * 1e9 / nanos;
            cpu += node.used().cpuNanos() / nanos;
            // Each node looked at the whole machine, at nearly the same time.
            busy += node.used().busyNanos() / nanos / nodes.size();
            switches += node.used().switches() * 1e9 / nanos / nodes.size();
            failed += node.failed();
        }
        boolean known = busy > 0;
        return new Step(
                inFlight,
                perSecond,
                latencies,
                cpu * 1e6 / perSecond,
                known ? switches / perSecond : Double.NaN,
                known ? Math.max(0, busy - cpu) : Double.NaN,
                failed);
    }

    double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
