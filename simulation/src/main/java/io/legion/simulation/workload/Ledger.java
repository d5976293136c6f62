package io.legion.simulation.workload;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A partition that records which numbers came in which order: a lost, doubled or moved event shows.
record Ledger(List<Long> numbers) {
    /// How many numbers are kept; older ones live on in the digest only.
    static final int KEPT = 40;

    static final PartitionType<Ledger> TYPE = PartitionType.named("ledger", new Ledger(List.of()))
            .events(Append.class)
            .index(ledger -> ledger.numbers.isEmpty()
                    ? Set.of()
                    : Set.of(Tag.of("last", ledger.numbers.getLast()), Tag.of("size", ledger.numbers.size())));

    /// Records a number; answers the last one before.
    record Append(long number) implements Event<Ledger, Long> {
        @Override
        public Applied<Ledger, Long> apply(Ledger state, EventContext context) {
            long last = state.numbers.isEmpty() ? -1 : state.numbers.getLast();
            var next = new ArrayList<>(state.numbers);
            next.add(number);
            if (next.size() > KEPT) {
                long digest = next.removeFirst() * 31 + next.removeFirst();
                next.addFirst(digest);
            }
            return Applied.of(new Ledger(List.copyOf(next)), last);
        }
    }
}
