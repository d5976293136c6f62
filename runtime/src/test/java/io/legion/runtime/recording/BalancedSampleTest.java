package io.legion.runtime.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.recording.HistoryStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Rare kinds of events are there, the others are from all the time, and nothing grows beyond its bounds.
class BalancedSampleTest {
    private static final ParticipantId ORIGIN = new ParticipantId(new NodeId(1), 0);

    private static HistoryStep step(long time, int bytes) {
        return new HistoryStep(
                PartitionKey.of("a"),
                new EventId(time, ORIGIN),
                1,
                Bytes.wrap(new byte[bytes]),
                Bytes.EMPTY,
                Bytes.EMPTY,
                false,
                Bytes.EMPTY,
                Optional.of(List.of()));
    }

    @Test
    void everythingIsKeptWhileThereIsRoomInTheOrderOfTheEvents() {
        var sample = new BalancedSample(10, 1_000);
        sample.offer("b", step(2, 1));
        sample.offer("a", step(1, 1));
        sample.offer("a", step(3, 1));

        assertThat(sample.steps()).extracting(step -> step.id().time()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void rareEventsKeepTheirPlaceAmongManyOthers() {
        var sample = new BalancedSample(100, 1 << 20);
        for (int time = 1; time <= 10_000; time++) {
            sample.offer("frequent", step(time, 10));
            if (time % 2_000 == 0) {
                sample.offer("rare", step(time, 20));
            }
        }

        assertThat(sample.size()).isEqualTo(100);
        assertThat(sample.steps().stream().filter(step -> step.event().size() == 20))
                .hasSize(5);
        assertThat(tenths(sample)).as("from all the time").hasSizeGreaterThan(7);
    }

    private static List<Long> tenths(BalancedSample sample) {
        return sample.steps().stream()
                .map(step -> step.id().time() / 1_000)
                .distinct()
                .collect(Collectors.toList());
    }

    @Test
    void theBytesAreBoundedTooAndAStepThatIsTooLargeIsRefused() {
        var sample = new BalancedSample(100, 100);
        for (int time = 1; time <= 50; time++) {
            sample.offer("frequent", step(time, 20));
        }
        sample.offer("rare", step(60, 90));

        int bytes = sample.steps().stream().mapToInt(HistoryStep::size).sum();
        assertThat(bytes).isLessThanOrEqualTo(100);
        assertThat(sample.steps()).anyMatch(step -> step.event().size() == 90);
        assertThatThrownBy(() -> sample.offer("huge", step(70, 101))).hasMessageContaining("all together may have 100");
    }
}
