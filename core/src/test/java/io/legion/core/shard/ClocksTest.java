package io.legion.core.shard;

import static io.legion.core.shard.OneReplica.NOW;
import static io.legion.core.shard.OneReplica.SELF;
import static io.legion.core.shard.OneReplica.event;
import static io.legion.core.shard.OneReplica.participant;
import static io.legion.core.shard.OneReplica.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.primitive.HybridTime;
import io.legion.core.shard.Journalled.Append;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clocks that are wrong, and clocks that are set right: rules R7, R8 and R75.
class ClocksTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final OneReplica replica = OneReplica.with(2, 3);
    private final ReplicaState state = replica.state;

    /// A delta from a participant whose wall clock shows this, with the events that its row covers.
    private static Message.Delta delta(long from, long wallMillis, LogEntry... entries) {
        VersionVector held = VersionVector.EMPTY;
        for (LogEntry entry : entries) {
            held = held.with(entry.origin(), entry.sequence());
        }
        return new Message.Delta(
                0, participant(from), List.of(entries), held, 0, wallMillis, false, false, List.of(), 0, 0);
    }

    private void complains(long from, long aheadMillis) {
        replica.receive(from, new Message.ClockAhead(participant(from), state.nowMillis - aheadMillis, MINUTE));
    }

    private List<Alarm.Kind> alarms() {
        return replica.said().alarms().stream().map(Alarm::kind).toList();
    }

    private static long toldOfItsClock(Effects said, long node) {
        return said.sends().stream()
                .filter(send -> send.to().equals(new NodeId(node)) && send.message() instanceof Message.ClockAhead)
                .count();
    }

    /// R7: what a clock that is ahead has brought waits, with what follows it, until that clock is right.
    @Test
    void eventsOfAClockThatIsAheadWaitUntilTheClockIsRight() {
        LogEntry first = event(2, 1, NOW + HOUR);
        LogEntry second = event(2, 2, NOW + HOUR + 1);
        replica.receive(2, delta(2, NOW + HOUR, first, second));
        assertThat(state.log.isEmpty()).isTrue();
        Effects said = replica.said();
        assertThat(said.sends())
                .contains(new Send(new NodeId(2), new Message.ClockAhead(SELF, NOW, MINUTE)))
                .allMatch(send -> send.to().equals(new NodeId(2)));
        assertThat(said.alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.CLOCK_AHEAD_THERE);
        replica.receive(2, delta(2, NOW + 10, first, second));
        assertThat(state.log.all()).containsExactly(first, second);
    }

    /// R7: a clock may be ahead by the bound.
    @Test
    void aClockWithinTheBoundIsRight() {
        replica.receive(2, delta(2, NOW + MINUTE, event(2, 1, NOW + MINUTE)));
        assertThat(state.log.size()).isEqualTo(1);
        assertThat(alarms()).isEmpty();
    }

    /// R7: also without an event, so that a participant hears before it has accepted any.
    @Test
    void aClockThatIsAheadIsToldWithoutAnEvent() {
        replica.receive(2, delta(2, NOW + HOUR));
        assertThat(toldOfItsClock(replica.said(), 2)).isEqualTo(1);
        replica.receive(2, delta(2, NOW + HOUR));
        assertThat(toldOfItsClock(replica.said(), 2)).isZero();
        state.at(NOW + 1_000);
        replica.receive(2, delta(2, NOW + HOUR));
        assertThat(toldOfItsClock(replica.said(), 2)).isEqualTo(1);
    }

    /// R7: what somebody holds whose clock is right belongs to history, whoever originated it, gone or not.
    @Test
    void eventsFromTheFutureComeFromAnyParticipantWhoseClockIsRight() {
        replica.receive(3, delta(3, NOW, event(2, 1, NOW + HOUR)));
        assertThat(state.log.size()).isEqualTo(1);
    }

    /// R7: a clock that is slow refuses nothing once it hears the clocks of most participants.
    @Test
    void aClockThatIsBehindThoseOfMostDoesNotCount() {
        replica.receive(2, delta(2, NOW + HOUR, event(2, 1, NOW + HOUR)));
        assertThat(state.log.isEmpty()).isTrue();
        replica.said();
        state.at(NOW + 5_000);
        replica.receive(3, delta(3, NOW + HOUR, event(3, 1, NOW + HOUR)));
        replica.receive(2, delta(2, NOW + HOUR + 5_000, event(2, 1, NOW + HOUR)));
        assertThat(state.log.size()).isEqualTo(2);
        state.at(NOW + 20_000);
        replica.receive(3, delta(3, NOW + HOUR + 20_000));
        replica.receive(2, delta(2, NOW + HOUR + 20_000));
        replica.said();
        replica.receive(3, delta(3, NOW + HOUR + 20_000));
        Effects said = replica.said();
        assertThat(toldOfItsClock(said, 2) + toldOfItsClock(said, 3)).isZero();
    }

    /// R7: the node whose clock is behind says so.
    @Test
    void aClockThatIsBehindThoseOfMostRaisesAnAlarm() {
        replica.receive(2, delta(2, NOW + HOUR));
        state.at(NOW + 10_000);
        replica.said();
        replica.receive(3, delta(3, NOW + HOUR + 10_000));
        assertThat(alarms()).containsExactly(Alarm.Kind.CLOCK_BEHIND_HERE);
    }

    /// For people; R7 and R8 judge by themselves.
    @Test
    void thisClockIsComparedWithTheMiddleOneOfAll() {
        assertThat(replica.rules.clocks.lead()).isNull();
        replica.receive(2, delta(2, NOW - HOUR));
        assertThat(replica.rules.clocks.lead()).as("one of two").isEqualTo(new ClockLead(HOUR, true));
        replica.receive(3, delta(3, NOW + 7));
        assertThat(replica.rules.clocks.lead()).as("the middle one").isEqualTo(new ClockLead(0, true));
        state.wallOffset(HOUR);
        assertThat(replica.rules.clocks.lead()).as("set forward").isEqualTo(new ClockLead(HOUR - 7, true));
        state.wallOffset(-2 * HOUR);
        assertThat(replica.rules.clocks.lead()).as("set back").isEqualTo(new ClockLead(-HOUR, true));
        state.at(NOW + 11 * MINUTE);
        assertThat(replica.rules.clocks.lead()).as("heard long ago").isNull();
    }

    @Test
    void whatWasHeardAMinuteAgoIsNotFreshUntilAnotherClockIsHeard() {
        replica.receive(2, delta(2, NOW - HOUR));
        state.at(NOW + MINUTE);
        assertThat(replica.rules.clocks.lead()).isEqualTo(new ClockLead(HOUR, false));
        replica.receive(3, delta(3, NOW + MINUTE - 7));
        assertThat(replica.rules.clocks.lead()).isEqualTo(new ClockLead(7, true));
    }

    /// R7: a promise with events from the future counts only if the clock of who promised is right.
    @Test
    void aPromiseWithEventsFromTheFutureCountsOnceTheClockIsRight() {
        replica.rules.proposer.propose(Change.NONE);
        LogEntry ahead = event(2, 1, NOW + HOUR);
        replica.receive(2, promise(NOW + HOUR, ahead));
        assertThat(replica.sent()).noneMatch(Message.Accept.class::isInstance);
        replica.receive(2, promise(NOW, ahead));
        assertThat(replica.sent()).anyMatch(Message.Accept.class::isInstance);
    }

    private Message.Promise promise(long wallMillis, LogEntry outstanding) {
        return new Message.Promise(
                0, participant(2), new Ballot(1, SELF), wallMillis, 0, true, row(2, 1), List.of(outstanding), null);
    }

    /// R8: a participant is silent when those that complain are no fewer than those that agree.
    @Test
    void whoseClockMostCallAheadIsSilent() {
        replica.receive(2, delta(2, NOW));
        replica.receive(3, delta(3, NOW));
        complains(2, HOUR);
        assertThat(replica.rules.originating.refusal()).isNull();
        complains(3, HOUR);
        assertThat(replica.rules.originating.refusal()).isEqualTo(Reply.Refusal.NOT_NOW);
        assertThat(replica.rules.originating.silence())
                .isEqualTo(new Silence(
                        Silence.Kind.CLOCK,
                        "[" + participant(2) + ", " + participant(3)
                                + "] say that the clock of this node is 3600 s ahead. It accepts no request for the shard"
                                + " until its clock is right, nobody has said so for 5000 ms, or an operator calls"
                                + " operations().acceptClocksAhead(Duration.ofMinutes(62)) here",
                        5_000));
        assertThat(alarms()).containsExactly(Alarm.Kind.CLOCK_AHEAD_HERE);
    }

    /// R8: of two participants the other one suffices, and so it does if no other is heard.
    @Test
    void whoHearsNobodyThatAgreesIsSilent() {
        complains(2, HOUR);
        assertThat(replica.rules.originating.refusal()).isEqualTo(Reply.Refusal.NOT_NOW);
    }

    /// R8: silence ends at the moment when the clock is right, and what the others did not take goes out again.
    @Test
    void aClockThatIsSetRightEndsTheSilenceAtOnce() {
        state.wallOffset(HOUR);
        LogEntry early = replica.request(1);
        replica.rules.deltas.flush();
        complains(2, HOUR);
        complains(3, HOUR);
        assertThat(replica.rules.originating.refusal()).isEqualTo(Reply.Refusal.NOT_NOW);
        replica.said();
        state.wallOffset(0);
        assertThat(replica.rules.originating.refusal()).isNull();
        replica.rules.deltas.tick();
        replica.rules.deltas.flush();
        assertThat(replica.sent())
                .filteredOn(message -> message instanceof Message.Delta said
                        && said.wallMillis() == NOW
                        && said.entries().equals(List.of(early)))
                .hasSize(2);
    }

    /// R8: a complaint that comes late, when the clock is right already, silences nobody.
    @Test
    void aComplaintThatIsNotTrueAnyMoreDoesNotCount() {
        replica.receive(2, new Message.ClockAhead(participant(2), NOW - 200, MINUTE));
        assertThat(replica.rules.originating.refusal()).isNull();
        assertThat(alarms()).isEmpty();
    }

    /// R8: silence ends by itself some seconds after the last complaint; until then the replica asks.
    @Test
    void silenceEndsWhenNobodyComplainsAnyMore() {
        complains(2, HOUR);
        state.at(NOW + 4_999);
        replica.said();
        replica.rules.deltas.tick();
        assertThat(replica.sent())
                .anyMatch(message -> message instanceof Message.Delta said
                        && said.asks()
                        && said.entries().isEmpty());
        assertThat(replica.rules.originating.refusal()).isEqualTo(Reply.Refusal.NOT_NOW);
        state.at(NOW + 5_000);
        assertThat(replica.rules.originating.refusal()).isNull();
    }

    /// R8: one slow clock silences nobody, and an alarm names it.
    @Test
    void whoseComplaintMostDoNotShareIsNamed() {
        replica.receive(3, delta(3, NOW));
        complains(2, HOUR);
        replica.rules.complaints.tick();
        assertThat(alarms()).isEmpty();
        state.at(NOW + 2_000);
        complains(2, HOUR);
        replica.rules.complaints.tick();
        Effects said = replica.said();
        assertThat(said.alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.CLOCK_BEHIND_THERE);
        assertThat(said.alarms().getFirst().text())
                .contains(participant(2) + " says")
                .contains("3600 s");
        assertThat(replica.rules.originating.refusal()).isNull();
    }

    /// R75: where history is ahead, events go on from it; an alarm says by how much, and whose event it was.
    @Test
    void eventsGoOnFromAHistoryThatIsAhead() {
        LogEntry ahead = event(2, 1, NOW + HOUR);
        replica.receive(2, delta(2, NOW, ahead));
        LogEntry next = replica.request(1);
        assertThat(next.id().time()).isEqualTo(ahead.id().time() + 1);
        replica.rules.clocks.tick();
        replica.rules.clocks.tick();
        Effects said = replica.said();
        assertThat(said.alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.HISTORY_AHEAD);
        assertThat(replica.rules.clocks.historyAheadMillis()).isEqualTo(HOUR);
        state.at(NOW + HOUR + 1);
        assertThat(replica.request(2).id().time()).isEqualTo(HybridTime.of(NOW + HOUR + 1));
    }

    /// R75: an operator's call ends the wait for a clock, on both sides.
    @Test
    void anOperatorAcceptsClocksThatAreAhead() {
        complains(2, HOUR);
        replica.rules.clocks.accept(2 * HOUR);
        assertThat(replica.rules.originating.refusal()).isNull();
        replica.receive(3, delta(3, NOW + HOUR, event(3, 1, NOW + HOUR)));
        assertThat(state.log.size()).isEqualTo(1);
        replica.receive(2, delta(2, NOW + 4 * HOUR, event(2, 1, NOW + 4 * HOUR)));
        assertThat(state.log.size()).isEqualTo(1);
    }

    private static boolean isFinal(ReplicaCluster cluster, long ticket) {
        return cluster.replies(ticket).stream()
                .anyMatch(reply -> reply instanceof Reply.Answered answer && answer.consistency() == Consistency.FINAL);
    }

    /// R75: a node alone, whose clock was ahead and is set right, also over a restart, goes on at once.
    @Test
    void aNodeAloneGoesOnWhenItsClockIsSetRight() {
        var cluster = ReplicaCluster.of(1);
        cluster.node(1).replica.wallOffset(HOUR);
        cluster.request(1, "a", new Append("early"), Consistency.FINAL);
        cluster.node(1).replica.wallOffset(0);
        assertThat(isFinal(cluster, cluster.request(1, "a", new Append("then"), Consistency.FINAL)))
                .isTrue();
        cluster.node(1).restart();
        cluster.tick(50);
        assertThat(isFinal(cluster, cluster.request(1, "a", new Append("after"), Consistency.FINAL)))
                .isTrue();
        assertThat(cluster.words(1, "a")).containsExactly("early", "then", "after");
        cluster.tick(50);
        assertThat(cluster.node(1).alarms).anyMatch(alarm -> alarm.kind() == Alarm.Kind.HISTORY_AHEAD);
    }

    /// R7, R8, R75: one of three accepts an event by a clock that is an hour ahead. Nothing more comes of it than that
    /// event times are ahead, as soon as the clock is right.
    @Test
    void threeGoOnWhenTheClockOfOneIsSetRight() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(1).replica.wallOffset(HOUR);
        long early = cluster.request(1, "a", new Append("early"), Consistency.FINAL);
        long behind = cluster.request(2, "a", new Append("behind"), Consistency.FINAL);
        cluster.calm(20);
        assertThat(isFinal(cluster, early)).isFalse();
        assertThat(cluster.node(1).replica.status().silence()).isNotNull();
        cluster.node(1).replica.wallOffset(0);
        cluster.calm(4);
        assertThat(isFinal(cluster, early)).isTrue();
        assertThat(isFinal(cluster, behind)).isTrue();
        for (long node = 1; node <= 3; node++) {
            long ticket = cluster.request(node, "a", new Append("after " + node), Consistency.FINAL);
            cluster.calm(4);
            assertThat(isFinal(cluster, ticket)).as("node %s", node).isTrue();
            assertThat(cluster.node(node).replica.status().silence()).isNull();
        }
        assertThat(cluster.words(3, "a")).containsExactly("behind", "early", "after 1", "after 2", "after 3");
    }

    /// R7, R8: one of three has a clock that is an hour behind: it holds up nobody.
    @Test
    void oneClockThatIsBehindHoldsUpNobody() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(3).replica.wallOffset(-HOUR);
        cluster.request(1, "a", new Append("one"), Consistency.FAST);
        cluster.request(2, "a", new Append("two"), Consistency.FAST);
        cluster.calm(40);
        for (long node = 1; node <= 3; node++) {
            long ticket = cluster.request(node, "a", new Append("after " + node), Consistency.FINAL);
            cluster.calm(20);
            assertThat(isFinal(cluster, ticket)).as("node %s", node).isTrue();
        }
        assertThat(cluster.node(3).alarms).anyMatch(alarm -> alarm.kind() == Alarm.Kind.CLOCK_BEHIND_HERE);
    }
}
