package io.legion.benchmarks;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.shard.Effects;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaSettings;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.core.shard.Send;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Three replicas of one shard in one thread. What the first one sends stays on the way until it is delivered
/// by hand; everything else arrives at once.
final class SlowTrio {
    private static final ReplicaSettings SETTINGS = ReplicaSettings.defaults();
    private static final NodeId FIRST = new NodeId(1);
    private static final List<NodeId> NODES = List.of(FIRST, new NodeId(2), new NodeId(3));

    private record Member(Replica replica, MapStorage storage) {}

    private final Map<NodeId, Member> members = new TreeMap<>();
    private final Member first;
    private final ArrayDeque<Send> onTheWay = new ArrayDeque<>();
    private final List<PartitionAddress> addresses = new ArrayList<>();
    private final Tally.Increment event = new Tally.Increment(1);
    private final Bytes payload = Bytes.wrap(Tally.TYPE.eventCodecs().events().encode(event));
    private long nowMillis = 1_700_000_000_000L;
    private long requests;

    /// @param partitions how many partitions the requests go round
    SlowTrio(int partitions) {
        for (int i = 0; i < partitions; i++) {
            addresses.add(new PartitionAddress(Tally.TYPE.id(), PartitionKey.of("tally-" + i)));
        }
        NODES.forEach(node -> members.put(node, founded(node)));
        first = member(FIRST);
        NODES.forEach(this::flush);
        while (!onTheWay.isEmpty()) {
            deliver(FIRST, onTheWay.removeFirst());
        }
    }

    private static Member founded(NodeId node) {
        var storage = new MapStorage();
        var types = new PartitionTypes(List.of(Tally.TYPE));
        return new Member(Replica.found(new Replica.Setup(node, SETTINGS, types, storage), NODES), storage);
    }

    private Member member(NodeId node) {
        Member member = members.get(node);
        if (member == null) {
            throw new IllegalStateException("there is no node " + node);
        }
        return member;
    }

    /// One FAST request at the first replica, as a lane would carry it, short of the store.
    ///
    /// @return the number of its writes
    int request() {
        long number = ++requests;
        var address = addresses.get((int) (number % addresses.size()));
        var id = new RequestId(1, number);
        first.replica.request(number, new Request(id, null, address, payload, event, Consistency.FAST), nowMillis);
        Effects effects = first.replica.drain();
        first.storage.apply(effects.writes());
        first.replica.stored(effects.number());
        onTheWay.addAll(effects.sends());
        if (effects.replies().size() != 1 || !(effects.replies().getFirst().reply() instanceof Reply.Answered)) {
            throw new IllegalStateException("a request was answered " + effects.replies());
        }
        return effects.writes().size();
    }

    int outstanding() {
        return first.replica.status().outstanding();
    }

    /// Delivers what the first replica sent, the oldest first, until its first outstanding event has folded.
    void deliverUntilFold() {
        int before = outstanding();
        while (outstanding() == before) {
            deliver(FIRST, onTheWay.removeFirst());
            tellRows();
        }
    }

    /// The others tell what they hold, though nobody waits for it (R70). The first replica does not learn the
    /// time: it would send again what is on its way.
    private void tellRows() {
        nowMillis += SETTINGS.resendMillis() / 4;
        for (NodeId node : NODES) {
            if (!node.equals(FIRST)) {
                member(node).replica.tick(nowMillis);
                flush(node);
            }
        }
    }

    private void deliver(NodeId from, Send send) {
        member(send.to()).replica.receive(from, send.message(), nowMillis);
        flush(send.to());
    }

    private void flush(NodeId node) {
        Member member = member(node);
        for (Effects effects = member.replica.drain(); !effects.isEmpty(); effects = member.replica.drain()) {
            member.storage.apply(effects.writes());
            member.replica.stored(effects.number());
            for (Send send : effects.sends()) {
                if (node.equals(FIRST)) {
                    onTheWay.addLast(send);
                } else {
                    deliver(node, send);
                }
            }
        }
    }
}
