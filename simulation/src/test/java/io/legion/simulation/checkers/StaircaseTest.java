package io.legion.simulation.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.simulation.Randomness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The highest place known before a time is the one that looking at everything known before it gives.
final class StaircaseTest {
    private record Known(long micros, int place) {}

    @Test
    void theHighestPlaceBeforeATimeIsFound() {
        var random = new Randomness(11);
        for (int run = 0; run < 200; run++) {
            var staircase = new Staircase();
            List<Known> all = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                var known = new Known(random.between(0, 20), random.below(15));
                all.add(known);
                staircase.add(known.micros, known.place);
                for (long micros = 0; micros <= 21; micros++) {
                    assertThat(staircase.before(micros)).isEqualTo(highest(all, micros));
                }
            }
        }
    }

    private static int highest(List<Known> all, long before) {
        return all.stream()
                .filter(known -> known.micros < before)
                .mapToInt(Known::place)
                .max()
                .orElse(0);
    }
}
