package io.legion.benchmarks;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;

/// The state of the benchmarks: a counter, and 64 bytes that stand for the rest of a small state.
public record Tally(long count, Bytes rest) {
    /// The partitions of the benchmarks.
    public static final PartitionType<Tally> TYPE =
            PartitionType.named("tally", new Tally(0, Bytes.wrap(new byte[64]))).events(Increment.class);

    /// Adds to the counter; answers its new value.
    public record Increment(long by) implements Event<Tally, Long> {
        @Override
        public Applied<Tally, Long> apply(Tally state, EventContext context) {
            var next = new Tally(state.count() + by, state.rest());
            return Applied.of(next, next.count());
        }
    }
}
