package io.legion.runtime.client;

import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.operations.LoadReport;
import io.legion.operations.Troubles;
import io.legion.service.Monitor;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The meters of Legion: `legion.request` (a timer for each consistency asked for), `legion.reads`,
/// `legion.refused`, `legion.refused.here` of callers, `legion.timed.out`, and `legion.event.failures` for each
/// partition type. Most of it is
/// counted for operators who ask ([LoadReport]) too, since a monitor tells nothing back.
///
/// **Threads.** Any.
public final class Meters {
    private final Map<Consistency, Monitor.Timer> requests = new EnumMap<>(Consistency.class);
    private final Map<Consistency, Latencies> latencies = new EnumMap<>(Consistency.class);
    private final Monitor.Counter reads;
    private final Monitor.Counter refused;
    private final Monitor.Counter refusedHere;
    private final Monitor.Counter timedOut;
    private final FailingEvents failing = new FailingEvents();
    private final CountedRequests counted = new CountedRequests();
    private final BusyPartitions busy = new BusyPartitions(System.nanoTime());
    private final Map<String, Monitor.Counter> failures = new ConcurrentHashMap<>();
    private final Monitor monitor;
    private final LongAdder readsSoFar = new LongAdder();
    private final LongAdder refusedSoFar = new LongAdder();
    private final LongAdder refusedHereSoFar = new LongAdder();
    private final LongAdder timedOutSoFar = new LongAdder();

    Meters(Monitor monitor) {
        this.monitor = monitor;
        for (Consistency consistency : Consistency.values()) {
            var tagged = monitor.tagged("consistency", consistency.name().toLowerCase(Locale.ROOT));
            requests.put(consistency, tagged.timer("legion.request"));
            latencies.put(consistency, new Latencies());
        }
        reads = monitor.counter("legion.reads");
        refused = monitor.counter("legion.refused");
        refusedHere = monitor.tagged("of", "callers").counter("legion.refused.here");
        timedOut = monitor.counter("legion.timed.out");
    }

    public void answered(Consistency consistency, long nanos) {
        var timer = requests.get(consistency);
        var counted = latencies.get(consistency);
        if (timer != null && counted != null) {
            timer.recordNanos(nanos);
            counted.record(nanos);
        }
    }

    public void read() {
        reads.increment();
        readsSoFar.increment();
    }

    /// A call was refused for too much work.
    void refused() {
        refused.increment();
        refusedSoFar.increment();
    }

    /// As [#refused], because this node itself has no room for it.
    void refusedHere() {
        refused();
        refusedHere.increment();
        refusedHereSoFar.increment();
    }

    /// Counts the events of a partition type whose `apply` threw.
    Monitor.Counter failures(String type) {
        return failures.computeIfAbsent(
                type, name -> monitor.tagged("type", name).counter("legion.event.failures"));
    }

    void timedOut() {
        timedOut.increment();
        timedOutSoFar.increment();
    }

    /// A request goes to a partition of this type.
    void asked(String type, PartitionKey key, int shard) {
        busy.asked(type, key, shard);
    }

    /// The `apply` of an event threw. A retry of the same request does not count again.
    void failed(String type, Class<?> event, RequestId id, String reason) {
        if (counted.add(id)) {
            failures(type).increment();
            failing.failed(type, event, reason, System.nanoTime());
        }
    }

    /// What callers saw that is wrong, or may be.
    ///
    /// @param keptOut what the cluster service says
    Troubles troubles(List<Troubles.KeptOut> keptOut) {
        long now = System.nanoTime();
        var lately = busy.lately(now);
        return new Troubles(failing.soFar(now), lately.busiest(), lately.sampled(), keptOut);
    }

    /// All that was counted so far.
    ///
    /// @param refusedOfOthers how many calls of other nodes this node had no room for
    LoadReport load(long refusedOfOthers) {
        var latency = new TreeMap<Consistency, List<LoadReport.Bucket>>();
        latencies.forEach((consistency, counted) -> latency.put(consistency, counted.soFar()));
        return new LoadReport(
                latency,
                readsSoFar.sum(),
                refusedSoFar.sum(),
                refusedHereSoFar.sum() + refusedOfOthers,
                timedOutSoFar.sum());
    }
}
