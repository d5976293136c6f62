package io.legion.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import org.junit.jupiter.api.Test;

/// What replicas had folded and not stored when they ended (R73) counts where nobody can fold it again: in an era that
/// was overruled.
final class EraHistoryTest {
    private final EraHistory line = new EraHistory(0);

    @Test
    void whatWasNotStoredIsHistoryOnceItIsTaken() {
        line.add(folded(1, 10));
        line.addUnstored(folded(2, 20));
        assertThat(line.of(folded(2, 20).event())).isNull();
        line.takeUnstored();
        assertThat(line.all()).containsExactly(folded(1, 10), folded(2, 20));
        assertThat(line.of(folded(2, 20).event())).isEqualTo(folded(2, 20));
    }

    @Test
    void whatSomebodyStoredGoesBeforeWhatNobodyDid() {
        line.add(folded(1, 10));
        line.addUnstored(folded(1, 11));
        line.takeUnstored();
        assertThat(line.all()).containsExactly(folded(1, 10));
    }

    @Test
    void aRepeatedRequestIsHistoryOnce() {
        line.add(folded(1, 10));
        line.addUnstored(folded(2, 10));
        line.takeUnstored();
        assertThat(line.all()).containsExactly(folded(1, 10));
    }

    private static Chronicle.Folded folded(long position, long number) {
        var event = new EventId(position, new ParticipantId(new NodeId(1), 0));
        return new Chronicle.Folded(position, new RequestId(1, number), event, 0, 1, Bytes.of(""));
    }
}
