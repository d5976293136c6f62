package io.legion.simulation.workload;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;

/// A text, often a long one, that no search finds: a type without an index, most of whose states are too large
/// to be hashed at every fold (R58).
record Document(String text, long revision) {
    private static final int LONGEST = 9_000;

    static final PartitionType<Document> TYPE =
            PartitionType.named("document", new Document("", 0)).events(Change.class);

    /// The changes of a document; each answers its new revision.
    sealed interface Change extends Event<Document, Long> {}

    /// Leaves the text as it is: only a small part of a large state changes.
    record Approve(long number) implements Change {
        @Override
        public Applied<Document, Long> apply(Document state, EventContext context) {
            return Applied.of(new Document(state.text, state.revision + number), state.revision + number);
        }
    }

    /// Writes a text of some length, small ones among them.
    record Rewrite(long number) implements Change {
        @Override
        public Applied<Document, Long> apply(Document state, EventContext context) {
            int length = Math.floorMod(number * 7_919 + state.revision * 31, LONGEST);
            String text = Long.toString(number, Character.MAX_RADIX)
                    .repeat(length / 2)
                    .substring(0, length / 2);
            return Applied.of(new Document(text, state.revision + 1), state.revision + 1);
        }
    }

    /// Brings the initial state back.
    record Erase() implements Change {
        @Override
        public Applied<Document, Long> apply(Document state, EventContext context) {
            return Applied.of(new Document("", 0), 0L);
        }
    }
}
