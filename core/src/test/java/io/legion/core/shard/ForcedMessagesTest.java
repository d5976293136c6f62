package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Epoch;
import java.util.List;
import org.junit.jupiter.api.Test;

/// R43: the messages and records of forced changes are read as they were written.
class ForcedMessagesTest {
    private static final ParticipantId A = new ParticipantId(new NodeId(1), 0);
    private static final long ERA = Forcing.eraBy(A, 5);
    private static final ParticipantId LATER = new ParticipantId(new NodeId(-2), Epoch.next(ERA));
    private static final EventId EVENT = new EventId(-1, LATER);

    private static Message copied(Message message) {
        var out = new WireOutput();
        MessageCodec.write(out, message);
        var in = new WireInput(out.toByteArray());
        Message read = MessageCodec.read(in);
        in.requireEnd();
        return read;
    }

    @Test
    void messagesAreReadAsTheyWereWritten() {
        var decision = new Decision(
                List.of(A),
                List.of(new Decision.Cut(LATER, 7)),
                List.of(LogEntry.barrier(EVENT, 7)),
                List.of(new VersionBoundary(5, 2, 77)),
                ERA);
        for (Message message : List.<Message>of(
                new Message.Overruled(Epoch.next(ERA), List.of(A, LATER), List.of(5L, ERA)),
                new Message.AskKnown(ERA, List.of(new Message.Sought(EVENT, 9, new RequestId(-3, 4), 77))),
                new Message.Known(ERA, List.of(EVENT), List.of(new EventId(3, A))),
                new Message.Decisions(5, List.of(decision, new Decision(List.of(A), List.of(), List.of()))),
                new Message.AskKnownOfMe(ERA, A),
                new Message.KnownOfYou(ERA, A, LATER, VersionVector.EMPTY.with(A, 5), new Ballot(3, A)),
                new Message.KnownOfYou(0, LATER, A, VersionVector.EMPTY, null),
                new Message.SequenceReused(A, LATER, 7),
                new Message.AskDecisions(Epoch.next(ERA)))) {
            assertThat(copied(message)).isEqualTo(message);
        }
    }

    @Test
    void aStoredDecisionOfAReleaseWithoutErasIsReadAsAnOrdinaryOne() {
        var decision = new Decision(List.of(A), List.of(), List.of());
        var old = new WireOutput();
        old.list(decision.participants(), Wire::participant);
        old.varLong(0); // no cuts
        old.varLong(0); // no tail
        assertThat(Decision.readStored(new WireInput(old.toByteArray()))).isEqualTo(decision);
    }

    @Test
    void aStoredReplicaOfAReleaseWithoutErasIsReadAndGoesOn() {
        // Format 1 ended with the cuts: no end of an era (1 byte), one epoch entered, 0, at position 0
        // (3 bytes), and no epoch in which all were heard (1 byte).
        goesOnFrom(1, 5 + VERSIONS);
    }

    @Test
    void aStoredReplicaOfAReleaseThatDidNotStoreWhoWasHeardIsReadAndGoesOn() {
        goesOnFrom(2, 1 + VERSIONS);
    }

    @Test
    void aStoredReplicaOfAReleaseWithoutVersionsIsReadAndGoesOn() {
        goesOnFrom(3, VERSIONS);
    }

    /// The bytes of the boundary and of the index version of one type.
    private static final int VERSIONS = 14 + 7;

    private static void goesOnFrom(int format, int bytesLess) {
        var cluster = ReplicaCluster.of(1);
        Bytes latest =
                java.util.Objects.requireNonNull(cluster.node(1).stored.records.get(Records.EPOCH));
        byte[] first = java.util.Arrays.copyOf(latest.toArray(), latest.size() - bytesLess);
        first[0] = (byte) format;
        cluster.node(1).stored.records.put(Records.EPOCH, Bytes.wrap(first));
        cluster.node(1).restart();
        assertThat(cluster.node(1).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
    }
}
