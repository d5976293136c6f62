package io.legion.backup;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Set;

/// A partition that counts, with a text beside.
record Counter(long count, String text) {
    static final PartitionType<Counter> TYPE = PartitionType.named("counter", new Counter(0, ""))
            .events(Change.class)
            .index(counter -> Set.of(Tag.of("text", counter.text())));

    sealed interface Change extends Event<Counter, Long> {}

    /// One more.
    record Count() implements Change {
        @Override
        public Applied<Counter, Long> apply(Counter state, EventContext context) {
            return Applied.of(new Counter(state.count() + 1, state.text()), state.count() + 1);
        }
    }

    /// Another text.
    record Write(String text) implements Change {
        @Override
        public Applied<Counter, Long> apply(Counter state, EventContext context) {
            return Applied.of(new Counter(state.count(), text), state.count());
        }
    }
}
