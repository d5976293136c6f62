package io.legion.cluster.test.kill;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The entries that were made, in their order. The index has how many there are.
record KilledLedger(List<Long> entries) {
    static final String SIZE = "size";

    static final PartitionType<KilledLedger> TYPE = PartitionType.named("ledger", new KilledLedger(List.of()))
            .events(Enter.class)
            .index(ledger -> Set.of(Tag.of(SIZE, ledger.entries.size())));

    record Enter(long entry) implements Event<KilledLedger, Integer> {
        @Override
        public Applied<KilledLedger, Integer> apply(KilledLedger state, EventContext context) {
            var entries = new ArrayList<>(state.entries);
            entries.add(entry);
            return Applied.of(new KilledLedger(List.copyOf(entries)), entries.size());
        }
    }
}
