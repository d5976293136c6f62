package io.legion.cluster.test;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import java.util.ArrayList;
import java.util.List;

/// The markers of the requests that were applied, in their order, so that loss, doubling and order can be seen.
///
/// @param ballast what makes a partition large
record Journal(List<Long> markers, String ballast) {
    private static final int MOST = 100_000;

    static final PartitionType<Journal> TYPE =
            PartitionType.named("journal", new Journal(List.of(), "")).events(Entry.class);

    sealed interface Entry extends Event<Journal, Long> {}

    /// The output is the marker's place, from 1.
    ///
    /// @param filler makes the event as large as is wished, and is not kept
    record Append(long marker, String filler) implements Entry {
        @Override
        public Applied<Journal, Long> apply(Journal state, EventContext context) {
            if (state.markers.size() >= MOST) {
                throw new IllegalStateException("the journal is full");
            }
            var markers = new ArrayList<>(state.markers);
            markers.add(marker);
            return Applied.of(new Journal(List.copyOf(markers), state.ballast), (long) markers.size());
        }
    }

    record Fill(String ballast) implements Entry {
        @Override
        public Applied<Journal, Long> apply(Journal state, EventContext context) {
            return Applied.of(new Journal(state.markers, ballast), (long) state.markers.size());
        }
    }
}
