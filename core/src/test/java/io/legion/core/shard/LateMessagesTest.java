package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.codec.WireInput;
import io.legion.core.shard.Journalled.Append;
import io.legion.core.shard.ReplicaStatus.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What comes when its time is over: a start after the next epoch, or anything to a participant that is out.
class LateMessagesTest {
    private final ReplicaCluster cluster = ReplicaCluster.of(2);

    private void change(Change change) {
        cluster.node(1).replica.change(change, cluster.now);
        cluster.node(1).settle();
        cluster.calm(20);
    }

    private ReplicaStatus status(long node) {
        return cluster.node(node).replica.status();
    }

    private List<ReplicaCluster.Flying> starts() {
        return cluster.flying.stream()
                .filter(one -> MessageCodec.read(new WireInput(one.bytes().shared())) instanceof Message.Start)
                .toList();
    }

    /// R47: the epoch may move on before the start, and a start that comes afterwards is ignored.
    @Test
    void aJoinerStartsInTheEpochThatIsThenAndOnce() {
        var joiner = cluster.join(3, 1);
        cluster.calm(20);
        joiner.up = false;
        change(new Change(List.of(), List.of(new NodeId(3))));
        change(Change.NONE);
        assertThat(status(1).epoch()).isEqualTo(2);
        joiner.up = true;
        var late = new ArrayList<ReplicaCluster.Flying>();
        for (int i = 0; i < 1_000 && status(3).phase() == Phase.COPYING; i++) {
            late.addAll(starts());
            if (!cluster.deliverOne(0, 0)) {
                cluster.tick(50);
            }
        }
        assertThat(status(3).epoch()).isEqualTo(2);
        assertThat(late).isNotEmpty();

        cluster.calm(20);
        cluster.request(3, "a", new Append("x"), Consistency.FAST);
        change(Change.NONE);
        assertThat(status(3).epoch()).isEqualTo(3);
        cluster.flying.addAll(late);
        cluster.calm(20);
        assertThat(status(3).epoch()).isEqualTo(3);
        assertThat(status(3).phase()).isEqualTo(Phase.PARTICIPATING);
        assertThat(cluster.words(3, "a")).containsExactly("x");
    }

    /// R41: a removed participant hears that nobody needs it once the next epoch is settled, and not before.
    @Test
    void whoIsRemovedIsLetGoWhenAMajorityHasEntered() {
        var replica = OneReplica.with(2, 4);
        replica.state.epoch = 1;
        replica.receive(3, new Message.AskDecisions(1));
        assertThat(replica.sent()).isEmpty();
        replica.state.heardInEpoch.add(OneReplica.participant(2));
        replica.receive(3, new Message.AskDecisions(1));
        assertThat(replica.sent()).containsExactly(new Message.Removed(1, replica.state.participants, List.of()));
    }

    /// R48: the removed stop.
    @Test
    void whoIsRemovedTakesOriginatesAndFoldsNothing() {
        var second = cluster.node(2);
        change(new Change(List.of(status(2).self()), List.of()));
        assertThat(status(2).phase()).isIn(Phase.REMOVED, Phase.GONE);
        long folded = status(2).folded();
        long refused = cluster.request(2, "a", new Append("x"), Consistency.FAST);
        assertThat(cluster.replies(refused)).singleElement().isInstanceOf(Reply.Refused.class);
        var event = OneReplica.event(1, 1, cluster.now);
        second.replica.receive(
                new NodeId(1), OneReplica.delta(1, status(2).epoch(), OneReplica.row(1, 1), event), cluster.now);
        second.settle();
        assertThat(status(2).outstanding()).isZero();
        assertThat(status(2).folded()).isEqualTo(folded);
        assertThat(second.alarms).isEmpty();
    }
}
