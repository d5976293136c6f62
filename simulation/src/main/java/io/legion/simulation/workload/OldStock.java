package io.legion.simulation.workload;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.core.WireName;
import java.util.Set;

/// [Stock] as its first release had it.
record OldStock(long count) {
    static final PartitionType<OldStock> TYPE = PartitionType.named(Stock.NAME, new OldStock(0))
            .events(OldChange.class)
            .index(stock -> Set.of(Tag.of("count", stock.count % 5)));

    /// Adds some; answers how many there are.
    sealed interface OldChange extends Event<OldStock, Long> {}

    @WireName("Add")
    record OldAdd(long number) implements OldChange {
        @Override
        public Applied<OldStock, Long> apply(OldStock state, EventContext context) {
            return Applied.of(new OldStock(state.count + number), state.count + number);
        }
    }
}
