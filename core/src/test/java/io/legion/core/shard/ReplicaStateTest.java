package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplicaStateTest {
    private final ReplicaState state = new ReplicaState(
            new Replica.Setup(new NodeId(1), ReplicaSettings.defaults(), Journalled.TYPES, new StoredWrites()));

    @Test
    void cutsOverTheBoundAreForgottenByAgeButNoneThatIsStillNeeded() {
        var needed = new ParticipantId(new NodeId(2), 0);
        var latest = new ParticipantId(new NodeId(3), 5_000);
        state.vector = state.vector.with(needed, 7);
        state.cuts.put(needed, 9L);
        state.cuts.put(latest, 9L);
        LongStream.rangeClosed(1, ReplicaState.REMEMBERED_CUTS)
                .forEach(epoch -> state.cuts.put(new ParticipantId(new NodeId(5_000 - epoch), epoch), 1L));
        state.boundCuts();
        assertThat(state.cuts).hasSize(ReplicaState.REMEMBERED_CUTS).containsKeys(needed, latest);
        assertThat(state.cuts.keySet())
                .extracting(ParticipantId::epoch)
                .doesNotContain(1L, 2L)
                .contains(3L);
    }
}
