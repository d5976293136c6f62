package io.legion.benchmarks.cluster.report;

import io.legion.benchmarks.cluster.measurement.Measurement;
import io.legion.benchmarks.cluster.measurement.Usage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/// What all nodes together measured in one run, or the medians of several.
///
/// @param byFigure all figures; NaN for what cannot be known
public record Figures(Map<Figure, Double> byFigure) {

    /// The figures of one run.
    ///
    /// @param nodes what each node measured, in the same time
    public static Figures of(List<Measurement> nodes) {
        double requests = nodes.stream().mapToLong(Measurement::operations).sum();
        var figures = new EnumMap<Figure, Double>(Figure.class);
        figures.put(Figure.REQUESTS_PER_SECOND, perSecond(nodes));
        figures.put(Figure.CPU_US_PER_REQUEST, sum(nodes, Usage::cpuNanos) / 1e3 / requests);
        figures.put(Figure.COMPILER_US_PER_REQUEST, sum(nodes, Usage::compilerNanos) / 1e3 / requests);
        figures.put(Figure.ALLOCATED_BYTES_PER_REQUEST, sum(nodes, Usage::allocatedBytes) / requests);
        double switches = known(sum(nodes, Usage::switches));
        figures.put(Figure.SWITCHES_PER_REQUEST, switches / requests);
        double collector = Double.isNaN(switches) ? Double.NaN : sum(nodes, Usage::collectorNanos);
        figures.put(Figure.COLLECTOR_US_PER_REQUEST, collector / 1e3 / requests);
        // Each node looked at the whole machine, at nearly the same time.
        double sent = known(sum(nodes, Usage::sentBytes)) / nodes.size();
        figures.put(Figure.WIRE_BYTES_PER_REQUEST, sent / requests);
        figures.put(Figure.OTHERS_CORES, othersCores(nodes));
        figures.put(Figure.FAILED, (double)
                nodes.stream().mapToLong(Measurement::failed).sum());
        putLatencies(nodes, figures);
        return new Figures(figures);
    }

    private static double perSecond(List<Measurement> nodes) {
        return nodes.stream()
                .mapToDouble(node -> node.operations() * 1e9 / node.used().nanos())
                .sum();
    }

    private static double othersCores(List<Measurement> nodes) {
        double seconds = sum(nodes, Usage::nanos) / nodes.size();
        double busy = known(sum(nodes, Usage::busyNanos)) / nodes.size();
        return Double.isNaN(busy) ? busy : Math.max(0, (busy - sum(nodes, Usage::cpuNanos)) / seconds);
    }

    private static void putLatencies(List<Measurement> nodes, Map<Figure, Double> figures) {
        var latencies = new Histogram(3);
        nodes.forEach(node -> latencies.add(node.latencies()));
        figures.put(Figure.P50_MS, latencies.getValueAtPercentile(50) / 1e6);
        figures.put(Figure.P99_MS, latencies.getValueAtPercentile(99) / 1e6);
        figures.put(Figure.P999_MS, latencies.getValueAtPercentile(99.9) / 1e6);
        figures.put(Figure.MAX_MS, latencies.getMaxValue() / 1e6);
    }

    private static double sum(List<Measurement> nodes, ToLongFunction<Usage> figure) {
        return nodes.stream().mapToLong(node -> figure.applyAsLong(node.used())).sum();
    }

    private static double known(double value) {
        return value > 0 ? value : Double.NaN;
    }

    /// The median of each figure.
    public static Figures medians(List<Figures> runs) {
        var medians = new EnumMap<Figure, Double>(Figure.class);
        for (var figure : Figure.values()) {
            medians.put(figure, Median.of(runs.stream().mapToDouble(run -> run.get(figure))));
        }
        return new Figures(medians);
    }

    /// One of them; NaN if it cannot be known.
    public double get(Figure figure) {
        return byFigure.getOrDefault(figure, Double.NaN);
    }

    /// The share of the just-in-time compilers in the processor time, 0 to 1.
    public double compilersShare() {
        return get(Figure.COMPILER_US_PER_REQUEST) / get(Figure.CPU_US_PER_REQUEST);
    }
}
