package io.legion.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.shard.Silence;
import org.junit.jupiter.api.Test;

/// Which of the silences of its shards a node tells.
final class NodeTallyTest {
    private static final Silence CLOCK = new Silence(Silence.Kind.CLOCK, "its clock is ahead", 5_000);
    private static final Silence REMOVAL = new Silence(Silence.Kind.REMOVAL, "it is being removed", 5_000);

    @Test
    void aWrongClockGoesBeforeARemoval() {
        assertThat(NodeTally.graver(null, REMOVAL)).isSameAs(REMOVAL);
        assertThat(NodeTally.graver(REMOVAL, null)).isSameAs(REMOVAL);
        assertThat(NodeTally.graver(REMOVAL, CLOCK)).isSameAs(CLOCK);
        assertThat(NodeTally.graver(CLOCK, REMOVAL)).isSameAs(CLOCK);
    }

    @Test
    void ofTwoOfOneKindTheFirstIsTold() {
        var later = new Silence(Silence.Kind.CLOCK, "its clock is further ahead", 5_000);
        assertThat(NodeTally.graver(CLOCK, later)).isSameAs(CLOCK);
    }
}
