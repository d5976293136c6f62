package io.legion.benchmarks;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Set;

/// A state of any size: a counter beside one text; an increment changes only the counter.
public record Sheet(long count, String text) {
    /// Without an index.
    public static final PartitionType<Sheet> PLAIN =
            PartitionType.named("sheet", new Sheet(0, "")).events(Change.class);

    /// Found by its counter.
    public static final PartitionType<Sheet> INDEXED = PLAIN.index(sheet -> Set.of(Tag.of("count", sheet.count())));

    /// Answers the counter.
    public sealed interface Change extends Event<Sheet, Long> {}

    /// Writes the text.
    public record Write(String text) implements Change {
        @Override
        public Applied<Sheet, Long> apply(Sheet state, EventContext context) {
            return Applied.of(new Sheet(state.count(), text), state.count());
        }
    }

    /// Adds one.
    public record Increment() implements Change {
        @Override
        public Applied<Sheet, Long> apply(Sheet state, EventContext context) {
            return Applied.of(new Sheet(state.count() + 1, state.text()), state.count() + 1);
        }
    }
}
