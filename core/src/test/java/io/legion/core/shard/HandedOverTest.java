package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.RequestId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages may be handed from one replica to another as they are, without being written: what a replica remembers with
/// an entry is nothing to another one that holds the same object.
class HandedOverTest {
    private static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));
    private static final PartitionAddress ADDRESS = ReplicaCluster.address("a");

    private record Flying(NodeId from, Send send) {}

    private final List<StoredWrites> stores = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private List<Flying> flying = new ArrayList<>();

    HandedOverTest() {
        for (NodeId node : NODES) {
            var stored = new StoredWrites();
            stores.add(stored);
            var setup = new Replica.Setup(node, ReplicaSettings.defaults(), Journalled.TYPES, stored);
            replicas.add(Replica.found(setup, NODES));
        }
    }

    private void settle(long nowMillis) {
        for (int i = 0; i < NODES.size(); i++) {
            NodeId node = NODES.get(i);
            Replica replica = replicas.get(i);
            replica.tick(nowMillis);
            for (Effects effects = replica.drain(); !effects.isEmpty(); effects = replica.drain()) {
                stores.get(i).apply(effects.writes());
                effects.sends().forEach(send -> flying.add(new Flying(node, send)));
                effects.replies().forEach(tell -> replies.add(tell.reply()));
                replica.stored(effects.number());
            }
        }
        List<Flying> now = flying;
        flying = new ArrayList<>();
        now.forEach(one -> replicas.get(NODES.indexOf(one.send().to()))
                .receive(one.from(), one.send().message(), nowMillis));
    }

    @Test
    void anEntryThatReplicasShareFoldsOnEach() {
        for (int i = 0; i < 20; i++) {
            var event = new Journalled.Append("x" + i);
            Bytes payload = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(event));
            var request = new Request(new RequestId(7, i), null, ADDRESS, payload, null, Consistency.FINAL);
            replicas.get(i % 3).request(i, request, 1_000_000 + i);
            settle(1_000_000 + i);
        }
        for (long now = 1_000_100; now < 1_003_000; now += 50) {
            settle(now);
        }
        assertThat(replies).hasSize(20).allSatisfy(reply -> assertThat(reply).isInstanceOf(Reply.Answered.class));
        assertThat(replicas).extracting(replica -> replica.status().folded()).containsOnly(20L);
        assertThat(replicas)
                .extracting(replica -> replica.status().historyHash())
                .containsOnly(replicas.getFirst().status().historyHash());
    }
}
