package io.legion.core.shard;

import static io.legion.core.shard.OneReplica.NOW;
import static io.legion.core.shard.OneReplica.SELF;
import static io.legion.core.shard.OneReplica.delta;
import static io.legion.core.shard.OneReplica.event;
import static io.legion.core.shard.OneReplica.participant;
import static io.legion.core.shard.OneReplica.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.codec.WireInput;
import io.legion.core.primitive.HybridTime;
import io.legion.core.shard.Journalled.Append;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How events begin, and how they and the rows get from one participant to the others.
class FlowRulesTest {
    private static final long MINUTE = 60_000;

    private final OneReplica replica = OneReplica.with(2, 3);
    private final ReplicaState state = replica.state;

    /// R3: an id and a sequence number name one event for ever, also if the clock is set back while the node is down.
    @Test
    void noIdAndNoNumberIsUsedTwice() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(2).up = false;
        cluster.node(3).up = false;
        for (int i = 0; i < 3; i++) {
            cluster.request(1, "a", new Append("before"), Consistency.FAST);
        }
        cluster.now -= 30_000;
        cluster.node(1).restart();
        cluster.calm(100);
        for (int i = 0; i < 3; i++) {
            cluster.request(1, "a", new Append("after"), Consistency.FAST);
        }
        var stored = Objects.requireNonNull(cluster.node(1).stored.entries.get(new ParticipantId(new NodeId(1), 0)));
        var entries = stored.values().stream()
                .map(bytes -> LogEntry.read(new WireInput(bytes.shared())))
                .toList();
        assertThat(entries).extracting(LogEntry::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(entries).extracting(LogEntry::id).isSorted().doesNotHaveDuplicates();
    }

    /// R5: the clock follows the wall clock forward and never moves back.
    @Test
    void theClockNeverMovesBack() {
        assertThat(state.nextTime()).isEqualTo(HybridTime.of(NOW));
        state.at(NOW - MINUTE);
        assertThat(state.nextTime()).isEqualTo(HybridTime.of(NOW) + 1);
        state.at(NOW + 1);
        assertThat(state.nextTime()).isEqualTo(HybridTime.of(NOW + 1));
    }

    /// R6: an event that begins here is after every event that is here.
    @Test
    void theClockPassesEveryIdTakenIn() {
        LogEntry ahead = event(2, 1, NOW + 1_000);
        replica.receive(2, delta(2, 0, row(2, 1), ahead));
        assertThat(replica.request(1).id()).isGreaterThan(ahead.id());
    }

    /// R9: originate.
    @Test
    void aRequestBecomesTheNextEvent() {
        replica.request(1);
        LogEntry second = replica.request(2);
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.origin()).isEqualTo(SELF);
        assertThat(state.vector).isEqualTo(row(1, 2));
        assertThat(state.log.size()).isEqualTo(2);
    }

    /// R9, R46: who has not started originates nothing.
    @Test
    void whoHasNotStartedOriginatesNothing() {
        assertThat(new OneReplica().rules.originating.refusal()).isEqualTo(Reply.Refusal.NOT_A_PARTICIPANT);
    }

    /// R11: no gaps, and none twice.
    @Test
    void onlyTheNextEventOfAnOriginIsTaken() {
        replica.receive(2, delta(2, 0, row(2, 2), event(2, 2, NOW + 2)));
        assertThat(state.log.isEmpty()).isTrue();
        replica.receive(2, delta(2, 0, row(2, 2), event(2, 1, NOW + 1)));
        replica.receive(2, delta(2, 0, row(2, 2), event(2, 1, NOW + 1), event(2, 2, NOW + 2)));
        assertThat(state.log.all()).extracting(LogEntry::sequence).containsExactly(1L, 2L);
    }

    /// R12: rows are merged, the larger value wins.
    @Test
    void aRowThatComesLateTakesNothingBack() {
        replica.receive(2, delta(2, 0, row(2, 5)));
        replica.receive(2, delta(2, 0, row(2, 3).with(participant(3), 4)));
        assertThat(state.row(participant(2))).isEqualTo(row(2, 5).with(participant(3), 4));
    }

    /// R12: no entry goes beyond a cut.
    @Test
    void aRowCountsARemovedOriginUpToItsCut() {
        state.cuts.put(participant(9), 4L);
        replica.receive(2, delta(2, 0, row(9, 7)));
        assertThat(state.row(participant(2))).isEqualTo(row(9, 4));
    }

    /// R13: same epoch only. The replica asks a sender that is ahead for the decisions.
    @Test
    void aDeltaOfALaterEpochGivesNothing() {
        replica.receive(2, delta(2, 1, row(2, 1), event(2, 1, NOW)));
        assertThat(state.log.isEmpty()).isTrue();
        assertThat(state.row(participant(2))).isEqualTo(VersionVector.EMPTY);
        assertThat(replica.sent()).containsExactly(new Message.AskDecisions(0));
    }

    /// R13: same epoch only. A sender that is behind gets the decisions.
    @Test
    void aDeltaOfAnEarlierEpochGivesNothing() {
        var decision = new Decision(state.participants, List.of(), List.of());
        state.epoch = 1;
        state.decisions.put(0L, decision);
        replica.receive(2, delta(2, 0, row(2, 1), event(2, 1, NOW)));
        assertThat(state.log.isEmpty()).isTrue();
        assertThat(replica.sent()).containsExactly(new Message.Decisions(0, List.of(decision)));
    }

    /// R14: participants only, as origins and as senders.
    @Test
    void whatIsNotOfAParticipantIsNotTaken() {
        replica.receive(2, delta(2, 0, row(2, 1), event(9, 1, NOW), event(2, 1, NOW)));
        assertThat(state.log.all()).extracting(LogEntry::origin).containsExactly(participant(2));
        replica.receive(9, delta(9, 0, row(3, 1), event(3, 1, NOW)));
        assertThat(state.log.size()).isEqualTo(1);
    }

    /// R15a: a replica asks until the others' rows cover all that it holds. R15b: then it is silent.
    @Test
    void aReplicaAsksUntilEverybodyHasEverythingAndIsSilentThen() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(3).up = false;
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        cluster.calm(20);
        cluster.node(3).up = true;
        cluster.calm(200);
        assertThat(cluster.node(3).replica.status().folded()).isEqualTo(1);
        for (int i = 0; i < 200; i++) {
            cluster.tick(50);
            assertThat(cluster.flying).isEmpty();
        }
    }

    /// R16: anyone relays.
    @Test
    void anEventComesByWayOfAnother() {
        var cluster = ReplicaCluster.of(3);
        cluster.cutBetween(1, 3);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        cluster.calm(100);
        assertThat(cluster.words(3, "a")).containsExactly("x");
    }
}
