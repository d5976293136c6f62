package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.primitive.HybridTime;
import io.legion.core.shard.Journalled.Append;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// R52: what a shard remembers is bounded, and what it forgets too early it says.
class RequestMemoryTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static ReplicaSettings remembering(long bytes) {
        return new ReplicaSettings(60_000, 200, 2_000, 1_000, 4, bytes, HOUR, 1_000, 64, 1024);
    }

    private static Reply append(ReplicaCluster cluster, String id) {
        long ticket = cluster.request(1, RequestId.of(id), "a", new Append(id), Consistency.FINAL);
        return cluster.replies(ticket).getFirst();
    }

    @Test
    void idsThatCallersMakeAreRememberedAsLongAsOthers() {
        var cluster = ReplicaCluster.of(1);
        append(cluster, "X");
        for (int i = 0; i < 3_000; i++) {
            append(cluster, "other " + i);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(append(cluster, "X")).isInstanceOf(Reply.Refused.class);
            assertThat(cluster.words(1, "a")).hasSize(3_001);
            cluster.checkpoint();
            cluster.node(1).restart();
        }
        assertThat(cluster.node(1).alarms).isEmpty();
    }

    @Test
    void r52AFullMemoryForgetsTheOldestFirstAndSaysSo() {
        var cluster = new ReplicaCluster(1, 1, remembering(10 * RequestMemory.SINGLE_BYTES));
        for (int i = 0; i < 10; i++) {
            append(cluster, "id " + i);
            cluster.now += 1_000;
        }
        assertThat(cluster.node(1).alarms).isEmpty();
        assertThat(cluster.node(1).replica.remembered()).isEqualTo(new ReplicaStatus.Remembered(640, 640, HOUR, 0));

        for (int i = 10; i < 15; i++) {
            append(cluster, "id " + i);
            cluster.now += 1_000;
        }
        assertThat(cluster.node(1).alarms).singleElement().satisfies(alarm -> {
            assertThat(alarm.kind()).isEqualTo(Alarm.Kind.FORGETS_EARLY);
            assertThat(alarm.text()).contains("640 bytes", "PT5S", "PT1H", "replication.requestMemory");
        });
        assertThat(cluster.node(1).replica.remembered()).isEqualTo(new ReplicaStatus.Remembered(640, 640, 5_000, 5));
        cluster.checkpoint();
        cluster.node(1).restart();
        assertThat(cluster.node(1).replica.remembered().bytes()).isEqualTo(640);
        assertThat(append(cluster, "id 5")).isInstanceOf(Reply.Refused.class);
        assertThat(append(cluster, "id 4")).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void r52NumbersWithGapsCountAndAreWarnedOfLikewise() {
        var cluster = new ReplicaCluster(1, 1, remembering(4 * RequestMemory.RUN_BYTES));
        for (int i = 0; i < 5; i++) {
            cluster.request(1, new RequestId(2, 2L * i), "a", new Append("x"), Consistency.FINAL);
        }
        assertThat(cluster.node(1).alarms)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.kind()).isEqualTo(Alarm.Kind.FORGETS_EARLY));
        assertThat(cluster.node(1).replica.remembered().early()).isEqualTo(1);
    }

    @Test
    void r52NumbersWithoutGapsCountOnceHoweverManyTheyAre() {
        var cluster = new ReplicaCluster(1, 1, remembering(RequestMemory.RUN_BYTES));
        for (int i = 0; i < 1_000; i++) {
            cluster.request(1, new RequestId(2, i), "a", new Append("x"), Consistency.FINAL);
        }
        assertThat(cluster.node(1).alarms).isEmpty();
        assertThat(cluster.node(1).replica.remembered().bytes()).isEqualTo(RequestMemory.RUN_BYTES);
    }

    /// R54: an event that was accepted elsewhere within the promised time and comes back is taken, although ids are
    /// forgotten with every fold. What is older may be a repeat of one of those.
    @Test
    void r54WhatWasBornWithinThePromisedTimeIsTaken() {
        var cluster = ReplicaCluster.of(1);
        for (int minute = 0; minute < 150; minute++) {
            append(cluster, "id " + minute);
            cluster.now += 60_000;
        }
        assertThat(cluster.node(1).replica.remembered().bytes()).isEqualTo(121L * RequestMemory.SINGLE_BYTES);
        var origin = new ParticipantId(new NodeId(9), 0);
        var young = new EventId(HybridTime.of(cluster.now - 50 * 60_000), origin);
        var old = new EventId(HybridTime.of(cluster.now - 70 * 60_000), origin);

        long taken = cluster.retry(1, RequestId.of("young"), young, "a", new Append("young"));
        assertThat(cluster.replies(taken)).singleElement().isInstanceOf(Reply.Answered.class);
        long refused = cluster.retry(1, RequestId.of("old"), old, "a", new Append("old"));
        assertThat(cluster.replies(refused))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Refused.class, reply -> assertThat(reply.reason()).isEqualTo(Reply.Refusal.TOO_OLD));
        assertThat(cluster.words(1, "a")).contains("young").doesNotContain("old");
    }

    @Test
    void r52WhatIsOldEnoughIsForgottenWithoutAWord() {
        var cluster = ReplicaCluster.of(1);
        append(cluster, "old");
        cluster.now += 2 * HOUR + 1;
        for (int i = 0; i < 5; i++) {
            append(cluster, "young " + i);
        }
        cluster.checkpoint();
        assertThat(cluster.node(1).alarms).isEmpty();
        assertThat(cluster.node(1).replica.remembered().bytes()).isEqualTo(5 * RequestMemory.SINGLE_BYTES);
        cluster.node(1).restart();
        assertThat(cluster.node(1).replica.remembered().bytes()).isEqualTo(5 * RequestMemory.SINGLE_BYTES);
    }
}
