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

/// Writes and reads the small values of the protocol: in messages, in stored records, and in what nodes send
/// each other around them.
///
/// Reading throws [CodecException] for bytes that are no such value.
public final class Wire {
    private Wire() {}

    /// Eight bytes of a node's id.
    public static void node(WireOutput out, NodeId node) {
        out.fixed64(node.value());
    }

    /// A node's id.
    public static NodeId node(WireInput in) {
        return new NodeId(in.fixed64());
    }

    /// A node and an epoch.
    public static void participant(WireOutput out, ParticipantId participant) {
        node(out, participant.node());
        out.varLong(participant.epoch());
    }

    /// A participant.
    public static ParticipantId participant(WireInput in) {
        return KnownParticipants.of(in.fixed64(), in.varLong());
    }

    /// A time and an origin.
    public static void eventId(WireOutput out, EventId id) {
        out.fixed64(id.time());
        participant(out, id.origin());
    }

    /// An event's id.
    public static EventId eventId(WireInput in) {
        return new EventId(in.fixed64(), participant(in));
    }

    /// A client and a number.
    public static void request(WireOutput out, RequestId id) {
        out.fixed64(id.client());
        out.signedVarLong(id.number());
    }

    /// A request's id.
    public static RequestId request(WireInput in) {
        return new RequestId(in.fixed64(), in.signedVarLong());
    }

    /// The bytes, after their number.
    public static void bytes(WireOutput out, Bytes bytes) {
        out.bytes(bytes.shared());
    }

    /// As many bytes as the number before them says.
    public static Bytes bytes(WireInput in) {
        return in.immutableBytes();
    }

    /// A type and a key.
    public static void address(WireOutput out, PartitionAddress address) {
        out.fixed32(address.type());
        bytes(out, address.key().bytes());
    }

    /// A partition's address.
    public static PartitionAddress address(WireInput in) {
        return new PartitionAddress(in.fixed32(), key(in));
    }

    /// A key, which is neither empty nor too long.
    public static PartitionKey key(WireInput in) {
        Bytes bytes = bytes(in);
        if (bytes.size() == 0 || bytes.size() > PartitionKey.MAX_BYTES) {
            throw new CodecException("a partition key of " + bytes.size() + " bytes");
        }
        return new PartitionKey(bytes);
    }
}
