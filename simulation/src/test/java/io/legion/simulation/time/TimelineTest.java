package io.legion.simulation.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.simulation.Randomness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is planned happens in the order of its times, and of its planning where they are equal.
final class TimelineTest {
    private record Planned(long micros, int number) {}

    private final Timeline timeline = new Timeline();
    private final Randomness random = new Randomness(5);
    private final List<Planned> planned = new ArrayList<>();
    private final List<Planned> happened = new ArrayList<>();

    @Test
    void everythingHappensOnceAndInItsOrder() {
        for (int i = 0; i < 500; i++) {
            plan();
        }
        while (timeline.step()) {}
        planned.sort(Comparator.comparingLong(Planned::micros).thenComparingInt(Planned::number));
        assertThat(happened).hasSizeGreaterThan(1_000).isEqualTo(planned);
    }

    /// What happens plans more now and then, at once too.
    private void plan() {
        long delay = random.between(-2, 40);
        var next = new Planned(timeline.micros() + Math.max(0, delay), planned.size());
        planned.add(next);
        timeline.after(delay, () -> {
            assertThat(timeline.micros()).isEqualTo(next.micros);
            happened.add(next);
            if (planned.size() < 5_000 && random.chance(0.9)) {
                plan();
            }
        });
    }
}
