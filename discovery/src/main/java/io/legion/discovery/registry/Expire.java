package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

/// Removes what is overdue at the event's own time, and what was removed so long ago that nobody asks for it.
///
/// The event decides whether a lease is overdue, not its sender, so a renewal that came in between counts.
///
/// @param limit the most leases to remove, those that ended first
public record Expire(int limit) implements ApplicationEvent<Integer> {
    /// The output: how many leases were removed.
    @Override
    public Applied<Application, Integer> apply(Application state, EventContext context) {
        var overdue = new TreeSet<String>();
        state.leases().entrySet().stream()
                .filter(e -> e.getValue().isOverdue(context.millis()))
                .sorted(Comparator.comparingLong(
                        (Map.Entry<String, Lease> e) -> e.getValue().endMillis()))
                .limit(limit)
                .forEach(e -> overdue.add(e.getKey()));
        return Applied.of(state.without(overdue, context.millis()), overdue.size());
    }
}
