package io.legion.benchmarks;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Set;

/// The state of the many partitions: some text, and a number by which searches find it.
public record Note(String text, long number) {
    static final PartitionType<Note> TYPE = PartitionType.named("note", new Note("", -1))
            .events(Write.class)
            .index(note -> note.number() < 0 ? Set.of() : Set.of(Tag.of("number", note.number())));

    /// About 200 bytes, which name their partition.
    static Write write(int partition, char filling) {
        return new Write(String.valueOf(filling).repeat(180) + partition, partition);
    }

    /// Replaces the note.
    public record Write(String text, long number) implements Event<Note, Long> {
        @Override
        public Applied<Note, Long> apply(Note state, EventContext context) {
            return Applied.of(new Note(text, number), number);
        }
    }
}
