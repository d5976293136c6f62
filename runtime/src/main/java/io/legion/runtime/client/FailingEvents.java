package io.legion.runtime.client;

import io.legion.operations.Troubles.FailingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which events have a fault ([Faults]), of those whose callers are here.
///
/// **Threads.** Any.
final class FailingEvents {
    /// A program has few kinds of events; no table of a node grows without a bound.
    private static final int MOST = 64;

    private static final int LONGEST_MESSAGE = 500;

    private record Failures(String type, String event, long count, String message, long lastNanos) {}

    private final Map<String, Failures> failures = new TreeMap<>();

    /// An event failed. If its `apply` said no, that is an answer, and no fault.
    ///
    /// @param type the name of its partition type
    /// @param message what `apply` threw
    void failed(String type, Class<?> event, String message, long nowNanos) {
        if (Faults.isFault(message)) {
            failed(type, event.getSimpleName(), message, nowNanos);
        }
    }

    private synchronized void failed(String type, String event, String message, long nowNanos) {
        var name = type + "/" + event;
        var known = failures.get(name);
        if (known == null && failures.size() >= MOST) {
            return;
        }
        var shown = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
        failures.put(name, new Failures(type, event, known == null ? 1 : known.count + 1, shown, nowNanos));
    }

    /// All that have failed with a fault so far.
    synchronized List<FailingEvent> soFar(long nowNanos) {
        return failures.values().stream()
                .map(failure -> new FailingEvent(
                        failure.type,
                        failure.event,
                        failure.count,
                        failure.message,
                        Duration.ofNanos(nowNanos - failure.lastNanos)))
                .toList();
    }
}
