package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.shard.Journalled.Append;
import io.legion.core.shard.Journalled.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

/// R74: a request id stands for one event.
class RequestIdUseTest {
    private static final RequestId SINGLE = RequestId.of("order 17");
    private static final RequestId NUMBER = new RequestId(8, 1);

    private static Reply reply(ReplicaCluster cluster, long ticket) {
        assertThat(cluster.replies(ticket)).hasSize(1);
        return cluster.replies(ticket).getFirst();
    }

    private static void assertReused(Reply reply, String... names) {
        assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reply.Refusal.ID_REUSED);
            assertThat(refused.explanation()).contains("stands for another event already");
            assertThat(List.of(names))
                    .allSatisfy(name -> assertThat(refused.explanation()).contains(name));
        });
    }

    /// A request that the cluster has all the time to fold.
    private static Reply ask(ReplicaCluster cluster, long node, RequestId id, String key, Event<Words, ?> event) {
        long ticket = cluster.request(node, id, key, event, Consistency.FINAL);
        cluster.calm(20);
        return reply(cluster, ticket);
    }

    @Test
    void r74AnotherEventUnderAnIdInHistoryIsRefusedAndNamesBothUses() {
        for (RequestId id : List.of(SINGLE, NUMBER)) {
            var cluster = ReplicaCluster.of(1);
            ask(cluster, 1, id, "a", new Append("debit"));

            assertReused(
                    ask(cluster, 1, id, "b", new Append("credit")),
                    id.toString(),
                    "1970-01-01T00:16:40Z",
                    "partition a of type 'words'",
                    "partition b of type");
            assertReused(ask(cluster, 1, id, "a", new Append("another")), id.toString());
            assertThat(ask(cluster, 1, id, "a", new Append("debit"))).isInstanceOf(Reply.Answered.class);
            assertThat(cluster.words(1, "a")).containsExactly("debit");
            assertThat(cluster.words(1, "b")).isEmpty();
        }
    }

    @Test
    void r74AnotherEventUnderAnIdThatIsOutstandingIsRefused() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(2).up = false;
        cluster.request(1, SINGLE, "a", new Append("x"), Consistency.FAST);

        for (String key : List.of("a", "b")) {
            long ticket = cluster.request(1, SINGLE, key, new Append("y"), Consistency.FAST);
            assertReused(reply(cluster, ticket), "of type");
        }
        long same = cluster.request(1, SINGLE, "a", new Append("x"), Consistency.FAST);
        assertThat(reply(cluster, same)).isInstanceOf(Reply.Answered.class);
        assertThat(cluster.words(1, "a")).containsExactly("x");
        assertThat(cluster.words(1, "b")).isEmpty();
    }

    /// Both sides of a cut accept a use: the smaller event id counts, for all, and the other caller hears so.
    @Test
    void r74OfTwoUsesOnTwoSidesOfACutOneCounts() {
        for (String key : List.of("a", "b")) {
            var cluster = ReplicaCluster.of(3);
            cluster.cutBetween(1, 3);
            cluster.cutBetween(2, 3);
            long first = cluster.request(1, SINGLE, "a", new Append("x"), Consistency.FAST);
            cluster.now++;
            long second = cluster.request(3, SINGLE, key, new Append("y"), Consistency.FAST);
            long waits = cluster.request(3, SINGLE, key, new Append("y"), Consistency.FINAL);
            assertThat(reply(cluster, first)).isInstanceOf(Reply.Answered.class);
            assertThat(reply(cluster, second)).isInstanceOf(Reply.Answered.class);

            cluster.cut.clear();
            cluster.calm(40);

            assertReused(reply(cluster, waits), SINGLE.toString());
            assertReused(ask(cluster, 3, SINGLE, key, new Append("y")), SINGLE.toString());
            assertThat(ask(cluster, 3, SINGLE, "a", new Append("x"))).isInstanceOf(Reply.Answered.class);
            for (long node = 1; node <= 3; node++) {
                assertThat(cluster.words(node, "a")).containsExactly("x");
                assertThat(cluster.words(node, "b")).isEmpty();
            }
        }
    }

    /// While the use that counts might still not get into history, nobody says that the other one was not
    /// applied.
    @Test
    void r74ARefusalThatTheFoldMightOverturnWaitsForTheFold() {
        var cluster = ReplicaCluster.of(3);
        cluster.cutBetween(1, 2);
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        cluster.request(1, SINGLE, "a", new Append("x"), Consistency.FAST);
        cluster.now++;
        cluster.request(3, SINGLE, "b", new Append("y"), Consistency.FAST);
        // Node 3 hears of the other use, and node 2 of neither: nothing folds.
        cluster.cut.remove("1>3");
        cluster.calm(20);

        long fast = cluster.request(3, SINGLE, "b", new Append("y"), Consistency.FAST);
        assertThat(cluster.replies(fast)).isEmpty();
        assertThat(cluster.words(3, "b")).isEmpty();

        cluster.cut.clear();
        cluster.calm(40);
        assertReused(reply(cluster, fast));
    }

    @Test
    void r74OfASingleIdWhoseOutputIsForgottenTheUseIsStillKnown() {
        var forgetful = new ReplicaSettings(60_000, 200, 2_000, 1_000, 1, 12_800, 3_600_000, 1_000, 64, 1024);
        var cluster = new ReplicaCluster(1, 1, forgetful);
        ask(cluster, 1, SINGLE, "a", new Append("x"));
        ask(cluster, 1, RequestId.of("later"), "a", new Append("y"));

        for (int i = 0; i < 2; i++) {
            assertReused(ask(cluster, 1, SINGLE, "b", new Append("z")), "no longer remembered");
            assertThat(ask(cluster, 1, SINGLE, "a", new Append("x")))
                    .isInstanceOfSatisfying(
                            Reply.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reply.Refusal.ALREADY_APPLIED));
            cluster.checkpoint();
            cluster.node(1).restart();
        }
    }

    @Test
    void r74AParticipantThatStartsKnowsTheUses() {
        var cluster = ReplicaCluster.of(1);
        ask(cluster, 1, SINGLE, "a", new Append("x"));
        ask(cluster, 1, NUMBER, "a", new Append("y"));
        cluster.join(2, 1);
        cluster.calm(40);
        cluster.node(1).replica.change(new Change(List.of(), List.of(cluster.node(2).id)), cluster.now);
        cluster.node(1).settle();
        cluster.calm(100);
        assertThat(cluster.node(2).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);

        for (int i = 0; i < 2; i++) {
            assertReused(ask(cluster, 2, SINGLE, "b", new Append("z")), "1970-");
            assertReused(ask(cluster, 2, NUMBER, "b", new Append("z")), "1970-");
            cluster.checkpoint();
            cluster.node(2).restart();
            cluster.calm(5);
        }
    }

    /// R74: of two events that came back under one id, the one that is safe is struck, and the other is still listed.
    @Test
    void r74SalvageThatSharesItsIdIsStruckByItself() {
        var replica = OneReplica.with();
        LogEntry one = salvaged(replica, 1, "a");
        LogEntry other = salvaged(replica, 2, "b");

        replica.rules.salvaging.resubmitted(
                new Request(SINGLE, null, one.address(), one.payload(), null, Consistency.DURABLE));
        assertThat(replica.state.salvage.values()).containsExactly(other);
    }

    private static LogEntry salvaged(OneReplica replica, long sequence, String key) {
        var id = new EventId(sequence, OneReplica.participant(9));
        var entry = LogEntry.event(id, sequence, SINGLE, id, ReplicaCluster.address(key), Bytes.of("event"));
        replica.state.salvage(entry);
        return entry;
    }

    /// R24: outstanding is bounded; but a request that the shard knows needs no room.
    @Test
    void r24AKnownRequestIsAnsweredAlthoughTheShardIsFull() {
        var few = new ReplicaSettings(60_000, 200, 2_000, 1_000, 16, 2_048, 3_600_000, 3, 64, 1024);
        var cluster = new ReplicaCluster(1, 3, few);
        Reply first = ask(cluster, 1, SINGLE, "a", new Append("x"));
        cluster.node(2).up = false;
        var outstanding = RequestId.of("outstanding");
        cluster.request(1, outstanding, "a", new Append("y"), Consistency.FAST);
        for (int i = 0; i < 3; i++) {
            cluster.request(1, "a", new Append("z"), Consistency.FAST);
        }

        long folded = cluster.request(1, SINGLE, "a", new Append("x"), Consistency.FAST);
        assertThat(reply(cluster, folded)).isEqualTo(first);
        long known = cluster.request(1, outstanding, "a", new Append("y"), Consistency.FAST);
        assertThat(reply(cluster, known)).isInstanceOf(Reply.Answered.class);
        long other = cluster.request(1, outstanding, "a", new Append("another"), Consistency.FAST);
        assertReused(reply(cluster, other));
    }
}
