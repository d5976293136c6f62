package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.primitive.HybridTime;
import io.legion.core.shard.Journalled.Append;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a participant answers by itself, and under which name a request goes through its retries.
class AnswerRulesTest {
    private final ReplicaCluster cluster = ReplicaCluster.of(3);

    /// R4: a request that is tried again keeps its id and its birth, through salvage and at another participant.
    @Test
    void aRequestKeepsItsIdAndItsBirth() {
        cluster.cutBetween(3, 1);
        cluster.cutBetween(3, 2);
        var id = new RequestId(5, 1);
        var birth = new EventId(HybridTime.of(cluster.now - 10), OneReplica.participant(1));
        long fast = cluster.retry(3, id, birth, "a", new Append("x"));
        assertThat(cluster.replies(fast))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Answered.class, reply -> assertThat(reply.id()).isNotEqualTo(birth));
        var third = cluster.node(3).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(third), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(20);
        cluster.cut.clear();
        cluster.calm(100);
        assertThat(cluster.resubmissions)
                .isNotEmpty()
                .allSatisfy(again -> assertThat(again.id()).isEqualTo(id))
                .allSatisfy(again -> assertThat(again.birth()).isEqualTo(birth));

        cluster.retry(1, id, birth, "a", new Append("x"));
        var stored = Objects.requireNonNull(cluster.node(1)
                .stored
                .entries
                .get(cluster.node(1).replica.status().self()));
        LogEntry again =
                LogEntry.read(new WireInput(stored.lastEntry().getValue().shared()));
        assertThat(again.request()).isEqualTo(id);
        assertThat(again.birth()).isEqualTo(birth).isNotEqualTo(again.id());
    }

    /// R25, R10: FAST needs nobody else, and comes with the write of its event.
    @Test
    void fastIsAnsweredWithTheWriteOfItsEvent() {
        var replica = cluster.node(1).replica;
        replica.request(
                1,
                new Request(
                        new RequestId(5, 1),
                        null,
                        ReplicaCluster.address("a"),
                        Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(new Append("x"))),
                        null,
                        Consistency.FAST),
                cluster.now);
        Effects effects = replica.drain();
        assertThat(effects.writes()).hasAtLeastOneElementOfType(Write.PutEntry.class);
        assertThat(effects.replies())
                .singleElement()
                .satisfies(tell -> assertThat(tell.reply())
                        .isInstanceOfSatisfying(
                                Reply.Answered.class,
                                reply -> assertThat(reply.consistency()).isEqualTo(Consistency.FAST)));
    }

    /// R56: a FAST read sees what is outstanding, and is no event.
    @Test
    void aFastReadIsTheProjectedStateAndNoEvent() {
        cluster.node(2).up = false;
        cluster.node(3).up = false;
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        assertThat(cluster.words(1, "a")).containsExactly("x");
        assertThat(cluster.node(1).replica.status().outstanding()).isEqualTo(1);
        assertThat(cluster.node(1).replica.status().folded()).isZero();
    }
}
