package io.legion.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.shard.ClockLead;
import org.junit.jupiter.api.Test;

/// Which of the clock offsets of its shards a node shows.
final class ShardTotalsTest {
    private final ShardTotals totals = new ShardTotals();

    private double offset(long millis, boolean fresh) {
        totals.add(new ClockLead(millis, fresh));
        return totals.clockOffsetMillis;
    }

    @Test
    void theLargestOneIsShown() {
        assertThat(totals.clockOffsetMillis).isNaN();
        assertThat(offset(3, true)).isEqualTo(3);
        assertThat(offset(-5, true)).isEqualTo(-5);
        assertThat(offset(4, true)).isEqualTo(-5);
    }

    @Test
    void oneThatWasHeardLongAgoIsShownOnlyWhileNoneIsFresh() {
        assertThat(offset(300_000, false)).isEqualTo(300_000);
        assertThat(offset(2, true)).isEqualTo(2);
        assertThat(offset(300_000, false)).isEqualTo(2);
    }
}
