package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;

/// How the small values of the protocol are written, in messages and in stored records alike.
final class Wire {
    private Wire() {}

    static void node(WireOutput out, NodeId node) {
        out.fixed64(node.value());
    }

    static NodeId node(WireInput in) {
        return new NodeId(in.fixed64());
    }

    static void participant(WireOutput out, ParticipantId participant) {
        node(out, participant.node());
        out.varLong(participant.epoch());
    }

    static ParticipantId participant(WireInput in) {
        return new ParticipantId(node(in), in.varLong());
    }

    static void eventId(WireOutput out, EventId id) {
        out.fixed64(id.time());
        participant(out, id.origin());
    }

    static EventId eventId(WireInput in) {
        return new EventId(in.fixed64(), participant(in));
    }

    static void request(WireOutput out, RequestId id) {
        out.fixed64(id.client());
        out.signedVarLong(id.number());
    }

    static RequestId request(WireInput in) {
        return new RequestId(in.fixed64(), in.signedVarLong());
    }

    static void bytes(WireOutput out, Bytes bytes) {
        out.bytes(bytes.shared());
    }

    static Bytes bytes(WireInput in) {
        return Bytes.wrap(in.bytes());
    }

    static void address(WireOutput out, PartitionAddress address) {
        out.fixed32(address.type());
        bytes(out, address.key().bytes());
    }

    static PartitionAddress address(WireInput in) {
        return new PartitionAddress(in.fixed32(), key(in));
    }

    private static PartitionKey key(WireInput in) {
        Bytes bytes = bytes(in);
        if (bytes.size() == 0 || bytes.size() > PartitionKey.MAX_BYTES) {
            throw new CodecException("a partition key of " + bytes.size() + " bytes");
        }
        return new PartitionKey(bytes);
    }
}
