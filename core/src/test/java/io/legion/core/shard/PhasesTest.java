package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.primitive.Invariant;
import io.legion.core.shard.ReplicaStatus.Phase;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// R28, R38: which phase follows which, and what a change of the phase stores and tells.
class PhasesTest {
    private final Rules rules = new Rules(
            new Replica.Setup(new NodeId(1), ReplicaSettings.defaults(), Journalled.TYPES, new StoredWrites()));

    private void in(Phase phase) {
        rules.state.phase(phase);
        rules.state.journal.epoch = false;
        rules.state.journal.forced = false;
    }

    /// Every change of a phase, allowed or not.
    private void each(Consumer<Phase> allowed, Consumer<Phase> refused) {
        for (Phase present : Phase.values()) {
            for (Phase next : Phase.values()) {
                in(present);
                (Phases.next(present).contains(next) ? allowed : refused).accept(next);
            }
        }
    }

    @Test
    void aPhaseThatMayNotFollowStopsTheReplica() {
        each(
                next -> {
                    rules.phases.become(next, "it may");
                    assertThat(rules.state.phase()).isEqualTo(next);
                },
                next -> {
                    Phase present = rules.state.phase();
                    assertThatThrownBy(() -> rules.phases.become(next, "it may not"))
                            .isInstanceOf(Invariant.Broken.class)
                            .hasMessageContaining(present + " does not become " + next);
                    assertThat(rules.state.phase()).isEqualTo(present);
                });
    }

    @Test
    void r38EveryChangeIsStoredAndAllButTheLastIsForced() {
        each(
                next -> {
                    rules.phases.become(next, "it may");
                    assertThat(rules.state.journal.epoch).isTrue();
                    assertThat(rules.state.journal.forced).isEqualTo(next != Phase.GONE);
                },
                _ -> assertThat(rules.state.journal.epoch).isFalse());
    }

    @Test
    void r28WhoeverWaitsIsSentElsewhere() {
        in(Phase.PARTICIPATING);
        rules.state.participants(List.of(rules.state.self));
        rules.state.promised = new Ballot(1, rules.state.self);
        rules.reading.read(7, new Read(new PartitionAddress(Journalled.TYPE.id(), PartitionKey.of("a")), true));
        rules.phases.become(Phase.REMOVED, "it was removed");
        assertThat(rules.state.outbox.drain(List.of(), false).replies())
                .containsExactly(
                        new Tell(7, new Reply.Refused(Reply.Refusal.NOT_A_PARTICIPANT, null, "it was removed")));
    }

    @Test
    void nothingFollowsWhereAPersonHasToLookFirst() {
        assertThat(Phases.next(Phase.DIVERGED)).isEmpty();
        assertThat(Phases.next(Phase.OLD_COPY)).isEmpty();
    }

    @Test
    void nothingLeadsBackToACopy() {
        for (Phase present : Phase.values()) {
            assertThat(Phases.next(present)).doesNotContain(Phase.COPYING);
        }
    }
}
