package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.primitive.HybridTime;
import java.util.List;
import java.util.stream.LongStream;

/// The rules of participant 1, and what the others may say to it: a test calls one rule at a time.
final class OneReplica {
    static final ParticipantId SELF = participant(1);
    static final long NOW = 1_000_000;
    private static final Bytes PAYLOAD =
            Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(new Journalled.Append("x")));

    final Rules rules =
            new Rules(new Replica.Setup(SELF.node(), ReplicaSettings.defaults(), Journalled.TYPES, new StoredWrites()));
    final ReplicaState state = rules.state;
    private final Reception reception = new Reception(rules);

    /// A replica that takes part with the others of these numbers.
    static OneReplica with(long... others) {
        var replica = new OneReplica();
        replica.participants(others);
        replica.state.versions.found(Journalled.TYPES);
        replica.rules.phases.become(ReplicaStatus.Phase.PARTICIPATING, "it begins");
        replica.rules.deltas.epochChanged();
        return replica;
    }

    /// A replica that has not started.
    OneReplica() {
        state.at(NOW);
        state.self = SELF;
    }

    static ParticipantId participant(long node) {
        return new ParticipantId(new NodeId(node), 0);
    }

    void participants(long... others) {
        state.participants(LongStream.concat(LongStream.of(1), LongStream.of(others))
                .mapToObj(OneReplica::participant)
                .toList());
    }

    static LogEntry event(long origin, long sequence, long millis) {
        var id = new EventId(HybridTime.of(millis), participant(origin));
        return LogEntry.event(id, sequence, new RequestId(origin, sequence), id, ReplicaCluster.address("a"), PAYLOAD);
    }

    static Message.Delta delta(long from, long epoch, VersionVector row, LogEntry... entries) {
        return new Message.Delta(
                epoch, participant(from), List.of(entries), row, 0, NOW, false, false, List.of(), 0, 0);
    }

    /// A vector with this sequence number of one origin, and nothing of others.
    static VersionVector row(long origin, long sequence) {
        return VersionVector.EMPTY.with(participant(origin), sequence);
    }

    void receive(long from, Message message) {
        reception.receive(new NodeId(from), message);
    }

    /// A caller makes a request.
    LogEntry request(long number) {
        var id = new RequestId(7, number);
        rules.originating.request(
                number, new Request(id, null, ReplicaCluster.address("a"), PAYLOAD, null, Consistency.FAST));
        return state.log.of(SELF).getLast();
    }

    /// What it has to say since the last call.
    Effects said() {
        return state.outbox.drain(List.of(), false);
    }

    List<Message> sent() {
        return said().sends().stream().map(Send::message).toList();
    }
}
