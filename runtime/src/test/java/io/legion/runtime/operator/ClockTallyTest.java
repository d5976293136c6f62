package io.legion.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.shard.ClockLead;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How far a node says that its clock is ahead.
final class ClockTallyTest {
    private final ClockTally tally = new ClockTally();

    private void add(boolean fresh, long... millis) {
        for (long lead : millis) {
            tally.add(new ClockLead(lead, fresh));
        }
    }

    @Test
    void nobodyKnowsAClockThatNoShardHasHeard() {
        assertThat(tally.offset()).isEmpty();
    }

    @Test
    void theShardInTheMiddleCounts() {
        add(true, 300_000, 3, 5);
        assertThat(tally.offset()).contains(Duration.ofMillis(5));
    }

    /// A clock was set right a minute ago: most shards are idle, and have not heard so.
    @Test
    void shardsThatHaveHeardOthersOfLateCountAlone() {
        add(false, 300_000, 300_001, 300_002);
        assertThat(tally.offset()).contains(Duration.ofMillis(300_001));
        add(true, 2);
        assertThat(tally.offset()).contains(Duration.ofMillis(2));
    }
}
