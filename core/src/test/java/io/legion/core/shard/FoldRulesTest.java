package io.legion.core.shard;

import static io.legion.core.shard.OneReplica.NOW;
import static io.legion.core.shard.OneReplica.SELF;
import static io.legion.core.shard.OneReplica.delta;
import static io.legion.core.shard.OneReplica.event;
import static io.legion.core.shard.OneReplica.participant;
import static io.legion.core.shard.OneReplica.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.primitive.Invariant;
import org.junit.jupiter.api.Test;

/// When the smallest outstanding event may fold, and what may be forgotten then.
class FoldRulesTest {
    private static long folded(OneReplica replica) {
        replica.rules.folding.fold();
        return replica.state.history.position();
    }

    /// R17: a row of the present epoch covers every removed origin, though it has no entry for it.
    @Test
    void whoIsInTheEpochHoldsWhatTheRemovedOriginated() {
        var state = OneReplica.with(2).state;
        assertThat(state.covers(participant(2), participant(9), 5)).isFalse();
        state.heardInEpoch.add(participant(2));
        assertThat(state.covers(participant(2), participant(9), 5)).isTrue();
    }

    /// R17: a removed origin is forgotten once everything up to its cut has folded, and not before.
    @Test
    void aRemovedOriginIsForgottenWithItsLastFold() {
        var replica = OneReplica.with(9);
        replica.state.take(event(9, 1, NOW));
        replica.state.take(event(9, 2, NOW + 1));
        replica.participants();
        replica.state.cuts.put(participant(9), 2L);
        replica.rules.folding.forgetCompleted();
        assertThat(replica.state.vector).isEqualTo(row(9, 2));
        assertThat(folded(replica)).isEqualTo(2);
        assertThat(replica.state.vector).isEqualTo(VersionVector.EMPTY);
        assertThat(replica.state.history.folded()).isEqualTo(VersionVector.EMPTY);
    }

    /// R18, R19: a row that covers an event is not enough while something that its owner originated before is missing.
    @Test
    void aRowThatIsNotBackedHoldsTheFold() {
        var replica = OneReplica.with(2);
        LogEntry own = replica.request(1);
        replica.receive(2, delta(2, 0, row(1, 1).with(participant(2), 1)));
        assertThat(folded(replica)).isZero();
        LogEntry missing = event(2, 1, NOW - 1);
        assertThat(missing.id()).isLessThan(own.id());
        replica.receive(2, delta(2, 0, row(1, 1).with(participant(2), 1), missing));
        assertThat(folded(replica)).isEqualTo(2);
        assertThat(replica.state.history.lastFolded()).isEqualTo(own.id());
    }

    /// R18, R19: for whom an event waits, as people see it.
    @Test
    void anEventWaitsForThoseThatLackItAndForThoseOfWhomThisReplicaLacksOne() {
        var replica = OneReplica.with(2, 3);
        assertThat(replica.rules.folding.awaited()).isEmpty();
        replica.request(1);
        assertThat(replica.rules.folding.awaited()).containsExactly(participant(2), participant(3));
        replica.receive(2, delta(2, 0, row(1, 1)));
        assertThat(replica.rules.folding.awaited()).containsExactly(participant(3));
        replica.receive(3, delta(3, 0, row(1, 1).with(participant(3), 1)));
        assertThat(replica.rules.folding.awaited())
                .as("its own event is missing")
                .containsExactly(participant(3));
        replica.receive(3, delta(3, 0, row(1, 1).with(participant(3), 1), event(3, 1, NOW - 1)));
        assertThat(replica.rules.folding.awaited()).as("the one before").containsExactly(participant(2));
    }

    /// R20: cuts are complete.
    @Test
    void aRemovedOriginThatIsNotCompleteStopsTheReplica() {
        var replica = OneReplica.with();
        replica.request(1);
        replica.state.vector = replica.state.vector.with(participant(9), 3);
        replica.state.cuts.put(participant(9), 4L);
        assertThatThrownBy(() -> replica.rules.folding.fold())
                .isInstanceOf(Invariant.Broken.class)
                .hasMessageContaining("complete up to its cut (R20)");
    }

    /// R21: not frozen.
    @Test
    void aFrozenReplicaFoldsNothing() {
        var replica = OneReplica.with();
        replica.request(1);
        replica.state.promised = new Ballot(1, SELF);
        assertThat(folded(replica)).isZero();
        replica.state.promised = null;
        assertThat(folded(replica)).isEqualTo(1);
    }
}
