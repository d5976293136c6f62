package io.legion.simulation.workload;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.WireName;
import java.util.ArrayList;
import java.util.List;

/// [Project] as its first release had it.
record OldProject(OldStage stage, List<OldItem> items) {
    static final PartitionType<OldProject> TYPE = PartitionType.named(
                    Project.NAME, new OldProject(OldStage.OPEN, List.of()))
            .events(OldStep.class);

    enum OldStage {
        OPEN,
        DONE
    }

    sealed interface OldItem {}

    @WireName("Task")
    record OldTask(long number) implements OldItem {}

    record OldOutcome(OldStage stage, int size) {}

    sealed interface OldStep extends Event<OldProject, OldOutcome> {}

    @WireName("Put")
    record OldPut(long number) implements OldStep {
        @Override
        public Applied<OldProject, OldOutcome> apply(OldProject state, EventContext context) {
            var items = new ArrayList<>(state.items);
            items.add(new OldTask(number));
            if (items.size() > Project.MOST) {
                items.removeFirst();
            }
            return Applied.of(new OldProject(state.stage, items), new OldOutcome(state.stage, items.size()));
        }
    }

    @WireName("Turn")
    record OldTurn() implements OldStep {
        @Override
        public Applied<OldProject, OldOutcome> apply(OldProject state, EventContext context) {
            var next = state.stage == OldStage.OPEN ? OldStage.DONE : OldStage.OPEN;
            return Applied.of(new OldProject(next, state.items), new OldOutcome(next, state.items.size()));
        }
    }
}
