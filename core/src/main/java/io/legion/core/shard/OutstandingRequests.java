package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import java.util.HashMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which requests have outstanding events, and which have more than one, from retries elsewhere (R53).
final class OutstandingRequests {
    /// The first outstanding event of each request.
    private final RequestTable first = new RequestTable();

    /// All outstanding events of the requests that have more than one.
    private final HashMap<RequestId, TreeSet<EventId>> repeated = new HashMap<>();

    /// The first outstanding event of a request, or null if there is none.
    @Nullable
    EventId first(RequestId id) {
        return first.get(id);
    }

    /// True if more than one outstanding event has the request id of this one.
    boolean isRepeated(LogEntry entry) {
        return !repeated.isEmpty() && repeated.containsKey(entry.request());
    }

    void add(RequestId request, EventId event) {
        EventId known = first.putIfAbsent(request, event);
        if (known != null) {
            TreeSet<EventId> events = repeated.computeIfAbsent(request, _ -> new TreeSet<>(Set.of(known)));
            events.add(event);
            first.put(request, events.first());
        }
    }

    void remove(RequestId request, EventId event) {
        TreeSet<EventId> events = repeated.isEmpty() ? null : repeated.get(request);
        if (events == null) {
            first.remove(request);
            return;
        }
        events.remove(event);
        first.put(request, events.first());
        if (events.size() == 1) {
            repeated.remove(request);
        }
    }
}
