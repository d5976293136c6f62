package io.legion.runtime.client;

import io.legion.core.Consistency;
import io.legion.service.Monitor;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of Legion: `legion.request` (a timer for each consistency asked for), `legion.reads`,
/// `legion.refused`, `legion.timed.out`, and `legion.event.failures` for each partition type.
///
/// **Threads.** Any.
public final class Meters {
    private final Map<Consistency, Monitor.Timer> requests = new EnumMap<>(Consistency.class);
    private final Monitor.Counter reads;
    private final Monitor.Counter refused;
    private final Monitor.Counter timedOut;
    private final Map<String, Monitor.Counter> failures = new ConcurrentHashMap<>();
    private final Monitor monitor;

    Meters(Monitor monitor) {
        this.monitor = monitor;
        for (Consistency consistency : Consistency.values()) {
            var tagged = monitor.tagged("consistency", consistency.name().toLowerCase(Locale.ROOT));
            requests.put(consistency, tagged.timer("legion.request"));
        }
        reads = monitor.counter("legion.reads");
        refused = monitor.counter("legion.refused");
        timedOut = monitor.counter("legion.timed.out");
    }

    public void answered(Consistency consistency, long nanos) {
        var timer = requests.get(consistency);
        if (timer != null) {
            timer.recordNanos(nanos);
        }
    }

    public void read() {
        reads.increment();
    }

    public void refused() {
        refused.increment();
    }

    /// Counts the events of a partition type whose `apply` threw.
    Monitor.Counter failures(String type) {
        return failures.computeIfAbsent(
                type, name -> monitor.tagged("type", name).counter("legion.event.failures"));
    }

    void timedOut() {
        timedOut.increment();
    }
}
