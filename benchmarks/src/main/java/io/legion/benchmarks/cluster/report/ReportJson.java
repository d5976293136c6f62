package io.legion.benchmarks.cluster.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A [Report] as JSON: a head, and the results with the medians of their runs and with each run.
final class ReportJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ReportJson() {}

    static String text(Report report) {
        var root = MAPPER.createObjectNode();
        put(root.putObject("head"), report.head());
        var results = root.putArray("results");
        report.results().forEach(result -> put(results.addObject(), report.head(), result));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void put(ObjectNode node, Report.Head head) {
        node.put("date", head.date())
                .put("java", head.java())
                .put("processors", head.processors())
                .put("command", head.command())
                .put("collector", head.collector())
                .put("heap", head.heap())
                .put("quick", head.quick());
    }

    private static void put(ObjectNode node, Report.Head head, SubjectResult result) {
        node.put("system", result.system())
                .put("mode", result.mode())
                .put("store", result.store())
                .put("in_flight", result.inFlight())
                .put("collector", head.collector())
                .put("heap", head.heap())
                .put("warm_up_s", result.warmUpSeconds())
                .put("warm", result.warm());
        put(node, result.medians());
        var ratios = result.ratios();
        if (ratios != null) {
            put(node, "cpu_ratio_to_peer", ratios.cpu());
            put(node, "throughput_ratio_to_peer", ratios.throughput());
        }
        node.put("acknowledged", result.balance().acknowledged())
                .put("lost", result.balance().lost())
                .put("unasked_for", result.balance().unaskedFor());
        var runs = node.putArray("runs");
        result.runs().forEach(run -> put(runs.addObject(), run));
    }

    private static void put(ObjectNode node, Figures figures) {
        for (var figure : Figure.values()) {
            put(node, name(figure), figures.get(figure));
        }
    }

    /// To three places, which is more than a measurement is good for; null for what is unknown.
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, Math.round(value * 1e3) / 1e3);
        } else {
            node.putNull(name);
        }
    }

    private static String name(Figure figure) {
        return figure.name().toLowerCase(Locale.ROOT);
    }

    /// @throws tools.jackson.core.JacksonException if the text is no report of [#text]
    static Report parse(String text) {
        var root = MAPPER.readTree(text);
        var results = new ArrayList<SubjectResult>();
        root.required("results").forEach(node -> results.add(result(node)));
        return new Report(head(root.required("head")), results);
    }

    private static Report.Head head(JsonNode node) {
        return new Report.Head(
                node.required("date").stringValue(),
                node.required("java").stringValue(),
                node.required("processors").intValue(),
                node.required("command").stringValue(),
                node.required("collector").stringValue(),
                node.required("heap").stringValue(),
                node.required("quick").booleanValue());
    }

    private static SubjectResult result(JsonNode node) {
        List<Figures> runs = new ArrayList<>();
        node.required("runs").forEach(run -> runs.add(figures(run)));
        var balance = new Balance(
                node.required("acknowledged").longValue(),
                node.required("lost").longValue(),
                node.required("unasked_for").longValue());
        return new SubjectResult(
                node.required("system").stringValue(),
                node.required("mode").stringValue(),
                node.required("store").stringValue(),
                node.required("in_flight").intValue(),
                node.required("warm_up_s").longValue(),
                node.required("warm").booleanValue(),
                figures(node),
                runs,
                balance,
                ratios(node));
    }

    private static @Nullable Ratios ratios(JsonNode node) {
        return node.has("cpu_ratio_to_peer")
                ? new Ratios(number(node, "cpu_ratio_to_peer"), number(node, "throughput_ratio_to_peer"))
                : null;
    }

    private static Figures figures(JsonNode node) {
        var figures = new EnumMap<Figure, Double>(Figure.class);
        for (var figure : Figure.values()) {
            figures.put(figure, number(node, name(figure)));
        }
        return new Figures(figures);
    }

    private static double number(JsonNode node, String name) {
        return node.required(name).asDouble(Double.NaN);
    }
}
