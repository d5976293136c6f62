package io.legion.cluster.jgroups.link;

import io.legion.cluster.jgroups.wire.MessageInput;
import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who a node is and how it sees the other one. Sent again and again, it is the introduction, the probe, and
/// the answer to a probe, so the order in which two nodes get to know each other does not matter.
///
/// The components up to `clusterName` keep their places in all versions: a node of another version must be able
/// to name the node that it refuses.
///
/// @param version of all that follows; see [#VERSION]
/// @param node the sender
/// @param incarnation the sender's start: a node that starts again has another one
/// @param clusterName the name of its cluster
/// @param shards how many shards its cluster has
/// @param settings what else its cluster has in common
/// @param types the partition types of its program, as [TypeTexts] writes them
/// @param mayFound whether it founds a cluster if it finds none
/// @param cluster the identity of its cluster, or null
/// @param sentAt when, by the sender's own clock (nanoseconds): a later greeting has a greater one
/// @param asks whether the receiver shall answer
/// @param answers the `sentAt` of the greeting that this one answers, or 0
/// @param token under which the sender takes parcels from the receiver, or 0 if it takes none
/// @param yours the receiver's token, if the sender knows it, or 0
/// @param parcels how many parcels the sender has sent with `yours`
/// @param stance what the sender thinks of the receiver
public record Greeting(
        byte version,
        NodeId node,
        long incarnation,
        String clusterName,
        int shards,
        SortedMap<String, String> settings,
        Bytes types,
        boolean mayFound,
        @Nullable UUID cluster,
        long sentAt,
        boolean asks,
        long answers,
        long token,
        long yours,
        long parcels,
        Stance stance) {

    /// The version that this release writes and reads.
    public static final byte VERSION = 4;

    /// What a node thinks of another.
    public enum Stance {
        /// Nothing against it.
        WELCOME(0),
        /// Another process with its node id is here already.
        TWIN(1),
        /// The sender leaves.
        LEAVING(2),
        /// Nothing against it; the sender knows only an address, and so says nothing of tokens.
        INTRODUCTION(3);

        private final byte code;

        Stance(int code) {
            this.code = (byte) code;
        }
    }

    /// As a message, for [#read].
    public ByteBuffer toBytes() {
        var bytes = new ByteArrayOutputStream(160);
        try {
            write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeShort(WireFormat.MAGIC);
        out.writeByte(WireFormat.GREETING);
        out.writeByte(version);
        out.writeLong(node.value());
        out.writeLong(incarnation);
        out.writeUTF(clusterName);
        out.writeInt(shards);
        out.writeByte(settings.size());
        for (var setting : settings.entrySet()) {
            out.writeUTF(setting.getKey());
            out.writeUTF(setting.getValue());
        }
        out.writeInt(types.size());
        out.write(types.shared());
        out.writeBoolean(mayFound);
        out.writeBoolean(cluster != null);
        out.writeLong(cluster == null ? 0 : cluster.getMostSignificantBits());
        out.writeLong(cluster == null ? 0 : cluster.getLeastSignificantBits());
        out.writeLong(sentAt);
        out.writeBoolean(asks);
        out.writeLong(answers);
        out.writeLong(token);
        out.writeLong(yours);
        out.writeLong(parcels);
        out.writeByte(stance.code);
    }

    /// Reads what follows the prefix. Of another version it reads only who sent it.
    ///
    /// @throws IOException if this is no greeting
    public static Greeting read(DataInput in) throws IOException {
        byte version = in.readByte();
        var node = new NodeId(in.readLong());
        long incarnation = in.readLong();
        var name = in.readUTF();
        if (version != VERSION) {
            return new Greeting(
                    version,
                    node,
                    incarnation,
                    name,
                    0,
                    new TreeMap<>(),
                    Bytes.EMPTY,
                    false,
                    null,
                    0,
                    false,
                    0,
                    0,
                    0,
                    0,
                    Stance.WELCOME);
        }
        int shards = in.readInt();
        var settings = settings(in);
        var types = types(in);
        boolean mayFound = in.readBoolean();
        boolean known = in.readBoolean();
        var cluster = new UUID(in.readLong(), in.readLong());
        return new Greeting(
                version,
                node,
                incarnation,
                name,
                shards,
                settings,
                types,
                mayFound,
                known ? cluster : null,
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                stance(in.readByte()));
    }

    private static SortedMap<String, String> settings(DataInput in) throws IOException {
        var settings = new TreeMap<String, String>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            settings.put(in.readUTF(), in.readUTF());
        }
        return settings;
    }

    private static Bytes types(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > WireFormat.PARCEL_BYTES) {
            throw new IOException("partition types of " + length + " bytes");
        }
        return Bytes.wrap(MessageInput.bytes(in, length));
    }

    private static Stance stance(byte code) throws IOException {
        for (var stance : Stance.values()) {
            if (stance.code == code) {
                return stance;
            }
        }
        throw new IOException("a greeting with the unknown stance " + code);
    }
}
