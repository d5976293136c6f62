package io.legion.cluster.test.faults;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;

/// A number, with events that are as they should be and others that are not.
///
/// @param ballast what makes a partition large
record Tally(long value, String ballast) {
    static final PartitionType<Tally> TYPE =
            PartitionType.named("tally", new Tally(0, "")).events(Change.class);

    sealed interface Change extends Event<Tally, Long> {}

    record Add(long number) implements Change {
        @Override
        public Applied<Tally, Long> apply(Tally state, EventContext context) {
            return Applied.of(new Tally(state.value + number, state.ballast), state.value + number);
        }
    }

    record Fill(String ballast) implements Change {
        @Override
        public Applied<Tally, Long> apply(Tally state, EventContext context) {
            return Applied.of(new Tally(state.value, ballast), state.value);
        }
    }

    /// Its author did not think of it.
    record Divide(long by) implements Change {
        @Override
        public Applied<Tally, Long> apply(Tally state, EventContext context) {
            return Applied.of(new Tally(state.value / by, state.ballast), state.value / by);
        }
    }

    /// Not pure: it looks at the process, so one node gets another state than the others.
    record AddNumberOfNode() implements Change {
        @Override
        public Applied<Tally, Long> apply(Tally state, EventContext context) {
            return new Add(Long.getLong(FaultyNodeMain.ODD, 0)).apply(state, context);
        }
    }
}
