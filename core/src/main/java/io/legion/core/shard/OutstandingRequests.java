package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which requests have outstanding events, and which have more than one, from retries elsewhere (R53) or
/// because a caller used an id twice (R74).
final class OutstandingRequests {
    /// The first outstanding event of each request.
    private final RequestTable first = new RequestTable();

    /// All outstanding events of the requests that have more than one.
    private final TreeMap<RequestId, TreeSet<EventId>> repeated = new TreeMap<>();

    /// The first outstanding event of a request, or null if there is none.
    @Nullable
    EventId first(RequestId id) {
        return first.get(id);
    }

    /// True if a request has more than one outstanding event.
    boolean isRepeated(RequestId id) {
        return !repeated.isEmpty() && repeated.containsKey(id);
    }

    /// The requests that have more than one outstanding event, in order.
    Collection<RequestId> repeated() {
        return repeated.isEmpty() ? Set.of() : List.copyOf(repeated.keySet());
    }

    /// All outstanding events of a request, in order.
    List<EventId> all(RequestId id) {
        TreeSet<EventId> several = repeated.get(id);
        EventId only = several == null ? first.get(id) : null;
        return several != null ? List.copyOf(several) : only != null ? List.of(only) : List.of();
    }

    /// The outstanding events of a request that precede another event of it, in order.
    SortedSet<EventId> before(RequestId id, EventId event) {
        TreeSet<EventId> several = repeated.get(id);
        return several == null ? Collections.emptySortedSet() : several.headSet(event);
    }

    void add(RequestId request, EventId event) {
        EventId known = first.putIfAbsent(request, event);
        if (known != null) {
            TreeSet<EventId> events = repeated.computeIfAbsent(request, _ -> new TreeSet<>(Set.of(known)));
            events.add(event);
            first.put(request, events.first());
        }
    }

    /// Removes an event; true if its request has other outstanding ones.
    boolean remove(RequestId request, EventId event) {
        TreeSet<EventId> events = repeated.isEmpty() ? null : repeated.get(request);
        if (events == null) {
            first.remove(request);
            return false;
        }
        events.remove(event);
        first.put(request, events.first());
        if (events.size() == 1) {
            repeated.remove(request);
        }
        return true;
    }
}
