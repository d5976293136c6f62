package io.legion.admin.document;

import io.legion.admin.observation.LifeEvent;
import io.legion.core.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/timeline`.
///
/// @param since when this service began to look
/// @param next the number after which the next page begins
public record TimelineDocument(Instant since, List<Entry> events, long next) {
    record Entry(
            long number,
            Instant at,
            LifeEvent.Kind kind,
            String what,
            @Nullable String node,
            @Nullable Integer shard) {
        static Entry of(LifeEvent event) {
            return new Entry(
                    event.number(),
                    event.at(),
                    event.kind(),
                    event.what(),
                    event.node().map(NodeId::toString).orElse(null),
                    event.shard().orElse(null));
        }
    }

    /// A page of events after a number.
    public static TimelineDocument of(Instant since, List<LifeEvent> events, long after) {
        return new TimelineDocument(
                since,
                events.stream().map(Entry::of).toList(),
                events.isEmpty() ? after : events.getLast().number());
    }
}
