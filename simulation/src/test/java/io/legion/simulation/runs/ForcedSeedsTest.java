package io.legion.simulation.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Story;
import io.legion.simulation.time.Timeline;
import io.legion.simulation.workload.MixedTypes;
import org.junit.jupiter.api.Test;

/// R43: whatever becomes of the lost majority, those who are left go on with all three answers, whoever comes back
/// gives way, and nothing that was answered is in neither of history and the lists.
class ForcedSeedsTest {
    private static final long FIRST = Long.getLong("legion.simulation.forced.first", 0);
    private static final long COUNT = Long.getLong("legion.simulation.forced", 60);

    @Test
    void aLostMajorityIsForcedWithoutAnythingLostInSilence() {
        int forced = 0;
        int listed = 0;
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            Run run = prepare(seed);
            Finding finding = run.run();
            assertThat(finding.breach()).as("seed %s", seed).isNull();
            forced += run.histories.isForced(0) ? 1 : 0;
            listed += run.operator.hasListed() ? 1 : 0;
        }
        assertThat(forced).as("runs in which a change was forced").isGreaterThan((int) (COUNT / 4));
        assertThat(listed).as("runs in which something was listed").isPositive();
    }

    private static Run prepare(long seed) {
        var timeline = new Timeline();
        Plan plan = Plan.of(seed);
        return new Run(
                plan, Scene.forced(seed), MixedTypes.of(plan), timeline, Story.silent(timeline), Runs::nothingMore);
    }
}
