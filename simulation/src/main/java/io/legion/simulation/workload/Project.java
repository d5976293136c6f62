package io.legion.simulation.workload;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import java.util.ArrayList;
import java.util.List;

/// A project whose third version has another constant, another kind of items, and more to say. No release had
/// the second.
record Project(Stage stage, List<Item> items) {
    static final String NAME = "project";

    /// How many items are kept.
    static final int MOST = 5;

    static final PartitionType<Project> TYPE = PartitionType.named(NAME, new Project(Stage.OPEN, List.of()))
            .events(Step.class)
            .version(3);

    enum Stage {
        @Since(3)
        HELD,
        OPEN,
        DONE
    }

    sealed interface Item {}

    record Task(long number) implements Item {}

    @Since(3)
    record Note(String text) implements Item {}

    record Progress(Stage stage, int size, @Since(3) String said) {}

    sealed interface Step extends Event<Project, Progress> {
        private static Applied<Project, Progress> to(Stage stage, List<Item> items) {
            return Applied.of(new Project(stage, items), new Progress(stage, items.size(), "as of version 3"));
        }
    }

    /// Puts an item in; since version 3, odd ones are notes.
    record Put(long number) implements Step {
        @Override
        public Applied<Project, Progress> apply(Project state, EventContext context) {
            var items = new ArrayList<>(state.items);
            boolean note = context.version() >= 3 && number % 2 != 0;
            items.add(note ? new Note("note " + number) : new Task(number));
            if (items.size() > MOST) {
                items.removeFirst();
            }
            return Step.to(state.stage, items);
        }
    }

    /// Turns to the next stage.
    record Turn() implements Step {
        @Override
        public Applied<Project, Progress> apply(Project state, EventContext context) {
            return Step.to(
                    switch (state.stage) {
                        case OPEN -> Stage.DONE;
                        case DONE -> context.version() < 3 ? Stage.OPEN : Stage.HELD;
                        case HELD -> Stage.OPEN;
                    },
                    state.items);
        }
    }
}
