package io.legion.core.shard;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A partition type whose states are the words appended so far: order, loss and doubling all show.
final class Journalled {
    record Words(List<String> words) {}

    sealed interface WordEvent<O> extends Event<Words, O> {}

    record Append(String word) implements WordEvent<Long> {
        @Override
        public Applied<Words, Long> apply(Words state, EventContext context) {
            var next = new ArrayList<>(state.words());
            next.add(word);
            return Applied.of(new Words(next), (long) next.size());
        }
    }

    record Fail(String why) implements WordEvent<Long> {
        @Override
        public Applied<Words, Long> apply(Words state, EventContext context) {
            throw new IllegalStateException(why);
        }
    }

    record Endless() implements WordEvent<Long> {
        @Override
        public Applied<Words, Long> apply(Words state, EventContext context) {
            return Applied.of(state, depth(1));
        }

        private static long depth(long level) {
            return level < 0 ? 0 : depth(level + 1) + 1;
        }
    }

    record Clear() implements WordEvent<Long> {
        @Override
        public Applied<Words, Long> apply(Words state, EventContext context) {
            return Applied.of(new Words(List.of()), (long) state.words().size());
        }
    }

    /// Gives the same object each time: whoever has read the state from its store has another one, which is equal.
    record Reset() implements WordEvent<Long> {
        private static final Words FRESH = new Words(List.of("fresh"));

        @Override
        public Applied<Words, Long> apply(Words state, EventContext context) {
            return Applied.of(FRESH, 0L);
        }
    }

    /// Impure: each replica appends a word of its own, and answers the same.
    record Drift() implements WordEvent<Long> {
        private static final AtomicLong TIMES = new AtomicLong();

        @Override
        public Applied<Words, Long> apply(Words state, EventContext context) {
            var next = new ArrayList<>(state.words());
            next.add(Long.toString(1_000_000 + TIMES.incrementAndGet()));
            return Applied.of(new Words(next), (long) next.size());
        }
    }

    /// A text for which the index function throws.
    static final String UNTAGGABLE = "untaggable";

    private static Set<Tag> tags(Words state) {
        if (state.words().contains(UNTAGGABLE)) {
            throw new IllegalStateException("no tag for this");
        }
        return Set.of(Tag.of("count", state.words().size()));
    }

    static final PartitionType<Words> TYPE = PartitionType.named("words", new Words(List.of()))
            .events(WordEvent.class)
            .index(Journalled::tags);

    static final PartitionTypes TYPES = new PartitionTypes(List.of(TYPE));

    private Journalled() {}
}
