package io.legion;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// A counter with an event that does whatever a test has put under its name while it is applied, as a
/// careless author of events would.
record Calls(long count) {
    static final PartitionType<Calls> TYPE =
            PartitionType.named("calls", new Calls(0)).events(Doing.class);

    private static final Map<String, Supplier<Long>> ACTIONS = new ConcurrentHashMap<>();

    /// The event that adds what the action gives.
    static Doing doing(String name, Supplier<Long> action) {
        ACTIONS.put(name, action);
        return new Doing(name);
    }

    record Doing(String name) implements Event<Calls, Long> {
        @Override
        public Applied<Calls, Long> apply(Calls state, EventContext context) {
            var next = new Calls(
                    state.count() + ACTIONS.getOrDefault(name, () -> 1L).get());
            return Applied.of(next, next.count());
        }
    }
}
