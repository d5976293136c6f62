package io.legion.core.shard;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

    static final PartitionType<Words> TYPE = PartitionType.named("words", new Words(List.of()))
            .events(WordEvent.class)
            .index(state -> Set.of(Tag.of("count", state.words().size())));

    static final PartitionTypes TYPES = new PartitionTypes(List.of(TYPE));

    private Journalled() {}
}
