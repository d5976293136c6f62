package io.legion.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ShardLooksTest {
    private final ShardLooks looks = new ShardLooks(1);

    private void says(long node, Phase phase, long epoch, int outstanding, int salvage, long... participants) {
        looks.add(
                new NodeId(node),
                new ShardReport(
                        0,
                        phase,
                        epoch,
                        0,
                        LongStream.of(participants)
                                .mapToObj(id -> new ShardReport.Participant(
                                        new ParticipantId(new NodeId(id), 1), Duration.ZERO, true))
                                .toList(),
                        false,
                        false,
                        outstanding,
                        7,
                        7,
                        99,
                        LongStream.range(0, salvage)
                                .mapToObj(number -> new RequestId(node, number))
                                .toList(),
                        0,
                        new ShardReport.RequestMemory(0, 1, Duration.ofHours(1), 0),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private ShardLook look() {
        return looks.all().getFirst();
    }

    @Test
    void aShardIsQuietWhenAllParticipantsAreAtOnePositionWithNothingOutstanding() {
        says(1, Phase.PARTICIPATING, 3, 0, 0, 1, 2);
        says(2, Phase.PARTICIPATING, 3, 0, 0, 1, 2);

        assertThat(look()).isEqualTo(new ShardLook(0, true, 7, 99, 0, 3, 0));
    }

    @Test
    void itIsNotWhileSomethingIsOutstandingOrAParticipantDoesNotSay() {
        says(1, Phase.PARTICIPATING, 3, 0, 0, 1, 2);
        assertThat(look().isQuiet()).isFalse();

        says(2, Phase.PARTICIPATING, 3, 1, 0, 1, 2);
        assertThat(look().isQuiet()).isFalse();
    }

    /// It may hold answers: as one that was removed and does not know that it takes part again.
    @Test
    void aParticipantThatDoesSomethingElseIsNotQuiet() {
        for (var phase : List.of(Phase.COPYING, Phase.REMOVED, Phase.DIVERGED, Phase.OVERRULED, Phase.OLD_COPY)) {
            says(1, Phase.PARTICIPATING, 3, 0, 0, 1, 2);
            says(2, phase, 3, 0, 0, 1, 2);

            assertThat(look().isQuiet()).as("%s", phase).isFalse();
        }
    }

    @Test
    void salvageOfARemovedParticipantCounts() {
        says(1, Phase.PARTICIPATING, 3, 0, 0, 1);
        says(2, Phase.REMOVED, 2, 0, 5, 1, 2);

        assertThat(look().isQuiet()).isFalse();
        assertThat(look().salvage()).isEqualTo(5);
    }

    @Test
    void whatARemovedParticipantHoldsThatDoesNotKnowItYetCountsToo() {
        says(2, Phase.PARTICIPATING, 2, 4, 0, 1, 2);
        says(1, Phase.PARTICIPATING, 3, 0, 0, 1);

        assertThat(look().isQuiet()).isFalse();
        assertThat(look().salvage()).isEqualTo(4);
        assertThat(look().epoch()).isEqualTo(3);
    }
}
