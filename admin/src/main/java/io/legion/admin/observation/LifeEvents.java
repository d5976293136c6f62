package io.legion.admin.observation;

import io.legion.admin.observation.LifeEvent.Kind;
import io.legion.core.NodeId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The last events of life, bounded.
///
/// **Threads.** Any.
public final class LifeEvents {
    /// How many it keeps.
    public static final int KEPT = 1_000;

    private final Deque<LifeEvent> events = new ArrayDeque<>();
    private long last;

    synchronized void add(Instant at, Kind kind, String what, Optional<NodeId> node, Optional<Integer> shard) {
        events.add(new LifeEvent(++last, at, kind, what, node, shard));
        if (events.size() > KEPT) {
            events.remove();
        }
    }

    /// Those after a number, the oldest first.
    public synchronized List<LifeEvent> after(long number, int limit) {
        return events.stream()
                .filter(event -> event.number() > number)
                .limit(limit)
                .toList();
    }
}
