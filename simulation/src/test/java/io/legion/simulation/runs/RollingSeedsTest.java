package io.legion.simulation.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.simulation.scene.Plan;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Whatever goes wrong while releases of a service are rolled out and back, versions only rise, every event
/// has one version everywhere, and all that Legion promises holds.
final class RollingSeedsTest {
    private static final long FIRST = Long.getLong("legion.simulation.rolling.first", 0);
    private static final long COUNT = Long.getLong("legion.simulation.rolling", 200);

    @Test
    void noRollOutBreaksAnInvariant() {
        assertThat(LongStream.range(FIRST, FIRST + COUNT)
                        .parallel()
                        .mapToObj(seed -> Runs.rolling(Plan.of(seed)))
                        .filter(finding -> finding.breach() != null)
                        .map(finding -> "seed " + finding.plan().seed() + ": " + finding.breach()))
                .isEmpty();
    }
}
