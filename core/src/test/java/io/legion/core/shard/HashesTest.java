package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// R58, R59: hashes are compared whichever comes first, the report or this replica's own fold.
class HashesTest {
    private static final ReplicaSettings EVERY_SECOND =
            new ReplicaSettings(60_000, 200, 2_000, 1_000, 16, 2_048, 3_600_000, 1_000, 2, 1024);
    private static final ParticipantId SELF = participant(1);

    private final Rules rules =
            new Rules(new Replica.Setup(SELF.node(), EVERY_SECOND, Journalled.TYPES, new StoredWrites()));

    private static ParticipantId participant(long node) {
        return new ParticipantId(new NodeId(node), 0);
    }

    HashesTest() {
        rules.state.self = SELF;
        rules.phases.become(ReplicaStatus.Phase.PARTICIPATING, "it begins");
    }

    private void fold(int barriers) {
        for (int i = 0; i < barriers; i++) {
            long next = rules.state.history.position() + 1;
            rules.state.history.advance(LogEntry.barrier(new EventId(next, SELF), next), null);
        }
        rules.hashes.check();
    }

    private ReplicaStatus.Phase phase() {
        return rules.state.phase();
    }

    @Test
    void whatWasReportedBeforeItWasFoldedHereIsComparedThen() {
        rules.state.participants(List.of(SELF, participant(2), participant(3)));
        rules.hashes.receive(participant(2), 2, 77);
        rules.hashes.receive(participant(3), 2, 77);
        fold(1);
        assertThat(phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        fold(4);
        assertThat(phase()).isEqualTo(ReplicaStatus.Phase.DIVERGED);
    }

    @Test
    void whatIsReportedOfAPlaceThatWasFoldedBeforeIsComparedAtOnce() {
        rules.state.participants(List.of(SELF, participant(2), participant(3)));
        fold(4);
        rules.hashes.receive(participant(2), 2, 77);
        fold(0);
        assertThat(phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        rules.hashes.receive(participant(3), 2, 77);
        fold(0);
        assertThat(phase()).isEqualTo(ReplicaStatus.Phase.DIVERGED);
    }

    /// R38: a change of the phase is forced.
    @Test
    void r38WhoeverIsSetApartForcesThatToTheDisk() {
        rules.state.participants(List.of(SELF, participant(2)));
        rules.hashes.receive(participant(2), 2, 77);
        rules.state.journal.forced = false;
        fold(2);
        assertThat(phase()).isEqualTo(ReplicaStatus.Phase.DIVERGED);
        assertThat(rules.state.journal.forced)
                .as("after a power failure it must not take part again")
                .isTrue();
    }

    @Test
    void whatWasNoMajorityIsLookedAtAgainWhenTheParticipantsHaveChanged() {
        rules.state.participants(List.of(SELF, participant(2), participant(3), participant(4)));
        fold(2);
        rules.hashes.receive(participant(2), 2, 77);
        fold(0);
        assertThat(phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        rules.state.participants(List.of(SELF, participant(2)));
        rules.hashes.epochChanged();
        fold(0);
        assertThat(phase()).isEqualTo(ReplicaStatus.Phase.DIVERGED);
    }
}
