package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.shard.Journalled.Append;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// R77, R78, R79: what a reader sees that asks any participant.
class ReadersTest {
    private final ReplicaCluster cluster = ReplicaCluster.of(3);
    private long tickets = 1_000;

    private void disconnect(long node, long from) {
        cluster.node(node).replica.disconnected(new NodeId(from), cluster.now);
        cluster.node(node).settle();
    }

    private void connect(long node, long to) {
        cluster.node(node).replica.reconnected(new NodeId(to), cluster.now);
        cluster.node(node).settle();
    }

    /// Removes participant 3, which hears nothing of it.
    private void removeTheThirdUnheard() {
        var third = cluster.node(3).replica.status().self();
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        cluster.node(1).replica.change(new Change(List.of(third), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.deliverAll();
    }

    private boolean isFresh(long node) {
        return cluster.node(node).replica.status().fresh();
    }

    private Reply read(long node, Seen seen) {
        return answer(node, new Read(ReplicaCluster.address("a"), false, seen));
    }

    private Reply answer(long node, Read read) {
        long ticket = ++tickets;
        cluster.node(node).replica.read(ticket, read, cluster.now);
        cluster.node(node).settle();
        return cluster.replies(ticket).getFirst();
    }

    private static Reply.Refusal refusal(Reply reply) {
        return ((Reply.Refused) reply).reason();
    }

    private static Seen seen(Reply reply) {
        return Objects.requireNonNull(
                switch (reply) {
                    case Reply.Answered answered -> answered.seen();
                    case Reply.State state -> state.seen();
                    case Reply.Refused refused -> throw new AssertionError(refused.toString());
                });
    }

    /// R77: every participant in touch may serve a reader, so DURABLE waits for each of them.
    @Test
    void durableWaitsForWhoeverIsInTouch() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        long durable = cluster.request(1, "a", new Append("x"), Consistency.DURABLE);
        cluster.calm(15);
        assertThat(cluster.replies(durable)).isEmpty();
        assertThat(cluster.words(3, "a")).isEmpty();
        cluster.calm(10);
        assertThat(cluster.replies(durable)).hasSize(1);
    }

    /// R77, R78: who was silent for too long hears so, and serves no reader before it has what it missed.
    @Test
    void whoLostTouchIsStaleUntilItHasTheRest() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        cluster.request(1, "a", new Append("x"), Consistency.DURABLE);
        cluster.calm(25);
        assertThat(cluster.node(1).replica.status().inTouch()).hasSize(1);
        cluster.cut.clear();
        cluster.tick(500);
        while (isFresh(3)) {
            assertThat(cluster.deliverOne(0, 0)).isTrue();
        }
        long read = cluster.read(3, "a", false);
        assertThat(cluster.replies(read)).isEmpty();
        cluster.calm(30);
        assertThat(cluster.words(3, "a")).containsExactly("x");
        assertThat(cluster.node(1).replica.status().inTouch()).hasSize(2);
    }

    /// R77: nobody waits for a participant to which the way is closed.
    @Test
    void durableDoesNotWaitWhereTheWayIsClosed() {
        cluster.node(3).up = false;
        disconnect(1, 3);
        disconnect(2, 3);
        cluster.deliverAll();
        long durable = cluster.request(1, "a", new Append("x"), Consistency.DURABLE);
        cluster.deliverAll();
        assertThat(cluster.replies(durable)).hasSize(1);
    }

    /// R78: a participant that comes back serves what the others answered while it was away, and nothing older.
    @Test
    void whoComesBackServesWhatTheOthersAnswered() {
        cluster.node(3).up = false;
        disconnect(1, 3);
        disconnect(2, 3);
        cluster.deliverAll();
        cluster.request(1, "a", new Append("x"), Consistency.DURABLE);
        cluster.deliverAll();
        cluster.node(3).up = true;
        cluster.node(3).restart();
        connect(1, 3);
        connect(2, 3);
        long read = cluster.read(3, "a", false);
        long request = cluster.request(3, "a", new Append("y"), Consistency.FAST);
        cluster.calm(20);
        assertThat(cluster.replies(read))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.State.class,
                        state -> assertThat(((Journalled.Words) state.state()).words())
                                .startsWith("x"));
        assertThat(cluster.replies(request)).singleElement().isInstanceOf(Reply.Answered.class);
        assertThat(cluster.words(3, "a")).containsExactly("x", "y");
    }

    /// R78: calls wait for a moment for a stale participant, and then go to another one.
    @Test
    void aParticipantThatStaysStaleSendsItsCallersOn() {
        cluster.cutBetween(3, 1);
        cluster.cutBetween(3, 2);
        cluster.node(3).replica.stoodStill(cluster.now);
        cluster.node(3).settle();
        long read = cluster.read(3, "a", false);
        cluster.tick(200);
        assertThat(cluster.replies(read)).isEmpty();
        cluster.tick(100);
        assertThat(refusal(cluster.replies(read).getFirst())).isEqualTo(Reply.Refusal.NOT_NOW);
        assertThat(refusal(cluster.replies(cluster.read(3, "a", false)).getFirst()))
                .isEqualTo(Reply.Refusal.NOT_NOW);
        // Nobody answers, so it is cut off, and goes on for those on its side.
        cluster.tick(cluster.settings.returnMillis());
        assertThat(cluster.words(3, "a")).isEmpty();
    }

    /// R78: a participant that has nobody to ask does not wait.
    @Test
    void aParticipantThatIsAloneServesAtOnce() {
        disconnect(3, 1);
        disconnect(3, 2);
        assertThat(isFresh(3)).isTrue();
        assertThat(cluster.words(3, "a")).isEmpty();
    }

    /// R78: when a participant is gone, the others may have less than it answered: they ask each other first.
    @Test
    void theOthersComeToTheSameBeforeOneTakesOver() {
        cluster.cutBetween(1, 3);
        cluster.request(1, "a", new Append("x"), Consistency.DURABLE);
        while (cluster.node(2).replica.status().outstanding() == 0) {
            assertThat(cluster.deliverOne(0, 0)).isTrue();
        }
        cluster.node(1).up = false;
        disconnect(2, 1);
        disconnect(3, 1);
        long read = cluster.read(3, "a", false);
        assertThat(cluster.replies(read)).isEmpty();
        cluster.deliverAll();
        assertThat(((Journalled.Words) ((Reply.State) cluster.replies(read).getFirst()).state()).words())
                .containsExactly("x");
    }

    /// R77: a participant that was removed may not know it yet and serve readers: answers wait until it does.
    @Test
    void answersWaitUntilThoseThatLeftKnowIt() {
        removeTheThirdUnheard();
        assertThat(cluster.node(1).replica.status().participants()).hasSize(2);
        long fin = cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        long durable = cluster.request(1, "a", new Append("y"), Consistency.DURABLE);
        cluster.deliverAll();
        assertThat(cluster.replies(fin)).isEmpty();
        assertThat(cluster.replies(durable)).isEmpty();
        cluster.calm(21);
        assertThat(cluster.replies(fin)).hasSize(1);
        assertThat(cluster.replies(durable)).hasSize(1);
    }

    /// R77: no answer of history passes by the wait, neither to a repeat nor to a FINAL read.
    @Test
    void repeatsAndFinalReadsWaitForThoseThatLeftToo() {
        removeTheThirdUnheard();
        var id = new RequestId(8, 1);
        long first = cluster.request(1, id, "a", new Append("x"), Consistency.FINAL);
        long read = cluster.read(1, "a", true);
        cluster.deliverAll();
        assertThat(cluster.node(1).replica.status().folded()).isPositive();
        long repeat = cluster.request(1, id, "a", new Append("x"), Consistency.FINAL);
        assertThat(List.of(first, read, repeat))
                .allSatisfy(ticket -> assertThat(cluster.replies(ticket)).isEmpty());
        assertThat(cluster.words(3, "a")).isEmpty();
        cluster.calm(21);
        assertThat(List.of(first, read, repeat))
                .allSatisfy(ticket -> assertThat(cluster.replies(ticket)).hasSize(1));
    }

    /// R78: what others held when this participant asked before says nothing of what they have answered since.
    @Test
    void answersToAnOlderQuestionDoNotCount() {
        cluster.node(3).replica.stoodStill(cluster.now);
        cluster.node(3).settle();
        deliverTo(1);
        deliverTo(2);
        var old = List.copyOf(cluster.flying);
        assertThat(old).isNotEmpty();
        cluster.flying.clear();
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        long durable = cluster.request(1, "a", new Append("x"), Consistency.DURABLE);
        for (int i = 0; i < 25; i++) {
            cluster.now += 50;
            cluster.node(1).replica.tick(cluster.now);
            cluster.node(1).settle();
            deliverTo(2);
            deliverTo(1);
            cluster.flying.clear();
        }
        assertThat(cluster.replies(durable)).hasSize(1);
        cluster.cut.clear();
        cluster.node(3).replica.stoodStill(cluster.now);
        cluster.node(3).settle();
        cluster.flying.clear();
        cluster.flying.addAll(old);
        deliverTo(3);
        assertThat(isFresh(3)).isFalse();
        cluster.calm(30);
        assertThat(cluster.words(3, "a")).containsExactly("x");
    }

    private void deliverTo(long node) {
        for (var message : List.copyOf(cluster.flying)) {
            if (message.to().value() == node && cluster.flying.remove(message)) {
                cluster.node(node)
                        .replica
                        .receive(
                                message.from(),
                                MessageCodec.read(new WireInput(message.bytes().shared())),
                                cluster.now);
                cluster.node(node).settle();
            }
        }
    }

    /// R78: a participant that never answers keeps the others stale once, not whenever its way opens again.
    @Test
    void whoeverNeverAnswersDoesNotKeepTheOthersStale() {
        cluster.node(3).up = false;
        int stale = 0;
        for (int i = 0; i < 400; i++) {
            if (i % 38 == 0) {
                disconnect(1, 3);
                connect(1, 3);
            }
            cluster.calm(1);
            stale += isFresh(1) ? 0 : 1;
        }
        assertThat(stale).isLessThan(100);
    }

    /// R77: those that left say so.
    @Test
    void whoLeavesSaysThatItKnows() {
        var third = cluster.node(3).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(third), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.deliverAll();
        long fin = cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        cluster.deliverAll();
        assertThat(cluster.replies(fin)).hasSize(1);
    }

    /// R77: one that left may have said so, and have gone, before all others knew of the change.
    @Test
    void whoLeavesMaySayThatItKnowsBeforeTheOthersDo() {
        var four = ReplicaCluster.of(4);
        var fourth = four.node(4).replica.status().self();
        four.node(1).replica.change(new Change(List.of(fourth), List.of()), four.now);
        four.node(1).settle();
        while (four.node(1).replica.status().participants().size() == 4) {
            assertThat(four.deliverOne(0, 0)).isTrue();
        }
        four.cutBetween(1, 3);
        four.cutBetween(2, 3);
        four.calm(20);
        assertThat(four.node(4).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.GONE);
        assertThat(four.node(3).replica.status().participants()).hasSize(4);
        four.cut.clear();
        while (four.node(3).replica.status().participants().size() == 4) {
            four.calm(1);
        }
        long fin = four.request(3, "a", new Append("x"), Consistency.FINAL);
        four.deliverAll();
        assertThat(four.replies(fin)).hasSize(1);
    }

    /// R77: a participant that has just started does not know who left. It hears from the others when those know.
    @Test
    void whoHasJustStartedAnswersOnceThoseThatLeftKnow() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        replaceTheThird();
        long fin = cluster.request(4, "a", new Append("x"), Consistency.FINAL);
        cluster.calm(5);
        assertThat(cluster.node(4).replica.status().folded()).isPositive();
        assertThat(cluster.replies(fin)).isEmpty();
        cluster.cut.clear();
        cluster.calm(11);
        assertThat(cluster.replies(fin)).hasSize(1);
    }

    /// R77: where nobody says so, it waits for as long as the others.
    @Test
    void whoHasJustStartedWaitsASecondForThoseThatLeft() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        replaceTheThird();
        long fin = cluster.request(4, "a", new Append("x"), Consistency.FINAL);
        cluster.calm(18);
        assertThat(cluster.replies(fin)).isEmpty();
        cluster.calm(4);
        assertThat(cluster.replies(fin)).hasSize(1);
    }

    /// R78: an answer to a participant that is fresh, and asked for those that left, is an answer too: nobody
    /// owes it later.
    @Test
    void whoAskedForThoseThatLeftAsksAgainWhenItIsStale() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        replaceTheThird();
        cluster.calm(60);
        assertThat(isFresh(4)).isTrue();
        cluster.node(4).replica.stoodStill(cluster.now);
        cluster.node(4).settle();
        assertThat(isFresh(4)).isFalse();
    }

    /// Participant 4 takes the place of 3, and starts.
    private void replaceTheThird() {
        var third = cluster.node(3).replica.status().self();
        cluster.join(4, 1, 2);
        while (cluster.node(1).replica.status().readyJoiners().isEmpty()) {
            cluster.calm(1);
        }
        cluster.node(1).replica.change(new Change(List.of(third), List.of(new NodeId(4))), cluster.now);
        cluster.node(1).settle();
        while (cluster.node(4).replica.status().phase() != ReplicaStatus.Phase.PARTICIPATING) {
            assertThat(cluster.deliverOne(0, 0)).isTrue();
        }
    }

    /// R79: a session that wrote at one participant is not served by one that lacks the event.
    @Test
    void aSessionIsServedOnlyWithWhatItHasSeen() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        long fast = request(1, Seen.NOTHING);
        Seen wrote = seen(cluster.replies(fast).getFirst());
        assertThat(refusal(read(3, wrote))).isEqualTo(Reply.Refusal.BEHIND_SESSION);
        assertThat(refusal(answer(3, new Read(ReplicaCluster.address("a"), true, wrote))))
                .isEqualTo(Reply.Refusal.BEHIND_SESSION);
        assertThat(refusal(cluster.replies(request(3, wrote)).getFirst())).isEqualTo(Reply.Refusal.BEHIND_SESSION);
        assertThat(read(3, Seen.NOTHING)).isInstanceOf(Reply.State.class);
        cluster.cut.clear();
        cluster.calm(60);
        assertThat(read(3, wrote)).isInstanceOf(Reply.State.class);
    }

    /// R79: what has folded needs no note, so a session does not grow with what it does.
    @Test
    void aSessionForgetsWhatHasFolded() {
        Seen wrote = seen(cluster.replies(request(3, Seen.NOTHING)).getFirst());
        assertThat(wrote.events().size()).isEqualTo(1);
        cluster.calm(20);
        cluster.checkpoint();
        assertThat(seen(read(1, wrote)).events()).isEqualTo(VersionVector.EMPTY);
    }

    /// R79: what a session has read counts as well.
    @Test
    void aSessionReadsNothingOlderThanItHasRead() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        Seen saw = seen(read(1, Seen.NOTHING));
        assertThat(refusal(read(3, saw))).isEqualTo(Reply.Refusal.BEHIND_SESSION);
        assertThat(read(1, saw)).isInstanceOf(Reply.State.class);
    }

    /// R79: an event beyond a cut comes back as another one, if at all: the session hears so.
    @Test
    void aSessionHearsThatItsEventIsNotInHistory() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        Seen wrote = seen(cluster.replies(request(3, Seen.NOTHING)).getFirst());
        var third = cluster.node(3).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(third), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(30);
        assertThat(refusal(read(1, wrote))).isEqualTo(Reply.Refusal.SESSION_LOST);
        assertThat(read(1, Seen.NOTHING)).isInstanceOf(Reply.State.class);
    }

    /// R79: a FINAL read may wait while the participants change, and what its session saw with it.
    @Test
    void aSessionWhoseReadWaitsHearsThatItsEventIsNotInHistory() {
        var five = ReplicaCluster.of(5);
        for (long cutOff : new long[] {1, 5}) {
            for (long other = 2; other <= 4; other++) {
                five.cutBetween(cutOff, other);
            }
        }
        var wrote = new Seen(
                0, VersionVector.EMPTY.with(five.node(5).replica.status().self(), 1));
        five.request(5, "a", new Append("x"), Consistency.FAST);
        five.deliverAll();
        five.node(1).replica.read(++tickets, new Read(ReplicaCluster.address("a"), true, wrote), five.now);
        five.node(1).settle();
        var fifth = five.node(5).replica.status().self();
        five.node(2).replica.change(new Change(List.of(fifth), List.of()), five.now);
        five.node(2).settle();
        five.deliverAll();
        five.cut.clear();
        five.node(5).up = false;
        five.tellOf(five.node(2).replica.status(), five.node(1));
        assertThat(five.replies(tickets)).isEmpty();
        five.calm(60);
        assertThat(five.replies(tickets))
                .singleElement()
                .satisfies(reply -> assertThat(refusal(reply)).isEqualTo(Reply.Refusal.SESSION_LOST));
    }

    /// R79: a participant that is behind a change of the participants may lack what folded after it.
    @Test
    void aSessionOfALaterEpochWaits() {
        var third = cluster.node(3).replica.status().self();
        cluster.node(3).up = false;
        cluster.node(1).replica.change(new Change(List.of(third), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(30);
        Seen saw = seen(read(1, Seen.NOTHING));
        cluster.node(3).up = true;
        assertThat(refusal(read(3, saw))).isEqualTo(Reply.Refusal.BEHIND_SESSION);
    }

    private long request(long node, Seen seen) {
        long ticket = ++tickets;
        var payload = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(new Append("s" + ticket)));
        cluster.node(node)
                .replica
                .request(
                        ticket,
                        new Request(
                                new RequestId(9, ticket),
                                null,
                                ReplicaCluster.address("a"),
                                payload,
                                null,
                                Consistency.FAST,
                                seen,
                                1),
                        cluster.now);
        cluster.node(node).settle();
        return ticket;
    }
}
