package io.legion.http.jetty;

import io.legion.http.jetty.OtherClients.During;
import io.legion.http.jetty.OtherClients.Request;
import io.legion.http.jetty.WaitingClient.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What came of many connections that only kept the server waiting.
///
/// @param left how many connections the server had afterwards
record IdleConnectionsOutcome(
        JettyHttpServer.Config config, List<WaitingClient> waiting, List<Request> others, int left) {
    private static final Duration LONGEST_LATENCY = Duration.ofMillis(100);
    private static final Duration LONGEST_OVERDUE = Duration.ofSeconds(1);

    /// This side may hear late of a reply, from which on the server waits.
    private static final Duration EARLIEST = Duration.ofMillis(-500);

    /// In fewer requests, the slowest hundredth is one pause of this machine.
    private static final int MEANINGFUL = 300;

    /// What is not as it must be.
    List<String> faults() {
        var faults = new ArrayList<String>();
        for (var kind : Kind.values()) {
            var overdue = overdue(kind);
            if (overdue.size() < number(kind)) {
                faults.add(kind + ": " + (number(kind) - overdue.size()) + " were never closed");
            }
            if (!overdue.isEmpty() && overdue.getFirst().compareTo(EARLIEST) < 0) {
                faults.add(kind + ": closed before the deadline");
            }
            if (!overdue.isEmpty() && overdue.getLast().compareTo(LONGEST_OVERDUE) > 0) {
                faults.add(kind + ": closed too late");
            }
        }
        for (var during : List.of(During.OPENING, During.WAITING, During.CLOSING)) {
            var latencies = latencies(during);
            if (latencies.size() >= MEANINGFUL && at(latencies, 0.99).compareTo(LONGEST_LATENCY) >= 0) {
                faults.add(during + ": the other clients waited too long");
            }
        }
        if (others.stream().anyMatch(request -> request.latencyNanos() < 0)) {
            faults.add("other clients had no reply");
        }
        if (left > 0) {
            faults.add("the server had " + left + " connections afterwards");
        }
        return faults;
    }

    private long number(Kind kind) {
        return waiting.stream().filter(client -> client.kind() == kind).count();
    }

    /// How long after their deadline they were closed, sorted.
    private List<Duration> overdue(Kind kind) {
        return waiting.stream()
                .filter(client -> client.kind() == kind && !client.isOpen())
                .map(client -> client.waited().minus(kind.deadline(config)))
                .sorted()
                .toList();
    }

    /// What the other clients waited, sorted.
    private List<Duration> latencies(During during) {
        return others.stream()
                .filter(request -> request.during() == during && request.latencyNanos() >= 0)
                .map(request -> Duration.ofNanos(request.latencyNanos()))
                .sorted()
                .toList();
    }

    private static Duration at(List<Duration> sorted, double part) {
        return sorted.get((int) Math.ceil(sorted.size() * part) - 1);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("| connections | number | deadline | closed after it: first | median | last |\n");
        for (var kind : Kind.values()) {
            text.append("| %s | %d | %s ".formatted(kind, number(kind), seconds(kind.deadline(config))));
            row(text, overdue(kind), 0, 0.5, 1);
        }
        text.append("\n| other clients while | number | p50 | p99 | worst |\n");
        for (var during : During.values()) {
            text.append("| %s | %d ".formatted(during, latencies(during).size()));
            row(text, latencies(during), 0.5, 0.99, 1);
        }
        return text.append("\nfaults: ").append(faults()).toString();
    }

    private static void row(StringBuilder text, List<Duration> sorted, double... parts) {
        for (double part : parts) {
            text.append("| ")
                    .append(sorted.isEmpty() ? "-" : seconds(at(sorted, Math.max(part, 1e-9))))
                    .append(' ');
        }
        text.append("|\n");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
