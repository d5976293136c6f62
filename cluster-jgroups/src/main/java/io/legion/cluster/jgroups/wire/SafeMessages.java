package io.legion.cluster.jgroups.wire;

import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.LongMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.FragHeader;
import org.jgroups.util.AsciiString;
import org.jgroups.util.Digest;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.SizeStreamable;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/// Reads JGroups' messages, and only those that its protocols need.
///
/// JGroups itself would deserialize what a peer sends as a Java object, on receipt, and make objects of classes
/// that the peer names. Here a message is bytes, a number, nothing, or one of two lists of numbers, and takes no more
/// memory than it has bytes; anything else closes the connection. This concerns only this transport, and no other use
/// of JGroups in the process.
final class SafeMessages {

    /// The least that a message of a batch takes: its type, three fields of flags, and the number of its headers.
    private static final int LEAST_BYTES = 7;

    /// The most pieces of a message: JGroups takes memory for all of them when the first one comes.
    private static final int MOST_FRAGMENTS = 64;

    private static final short FRAGMENTS = ClassConfigurator.getProtocolId(FRAG4.class);
    private static final int MAX_NAME = 256;

    private SafeMessages() {}

    static Message read(MessageInput in) {
        try {
            return read(ofType(in.readShort()), in);
        } catch (IOException | ClassNotFoundException refused) {
            throw refused(refused);
        }
    }

    /// The regular and the out-of-band messages, each as a batch if there are any.
    static List<MessageBatch> readBatch(MessageInput in, boolean multicast) {
        try {
            var to = Util.readAddress(in);
            var from = Util.readAddress(in);
            var group = group(in);
            int size = in.readInt();
            in.requireLeft((long) size * LEAST_BYTES);
            var batches = new EnumMap<MessageBatch.Mode, MessageBatch>(MessageBatch.Mode.class);
            for (int i = 0; i < size; i++) {
                var message = read(in, to, from);
                var mode = message.isFlagSet(Message.Flag.OOB) ? MessageBatch.Mode.OOB : MessageBatch.Mode.REG;
                batches.computeIfAbsent(mode, kind -> new MessageBatch(to, from, group, multicast, kind, size))
                        .add(message);
            }
            return new ArrayList<>(batches.values());
        } catch (IOException | ClassNotFoundException refused) {
            throw refused(refused);
        }
    }

    private static Message read(MessageInput in, Address to, Address from) throws IOException, ClassNotFoundException {
        return read(ofType(in.readShort()).setDest(to).setSrc(from), in);
    }

    private static Message read(Message message, MessageInput in) throws IOException, ClassNotFoundException {
        message.readFrom(in);
        if (message.getHeader(FRAGMENTS) instanceof FragHeader piece && piece.num_frags > MOST_FRAGMENTS) {
            throw new IOException("a message of " + piece.num_frags + " pieces");
        }
        return message;
    }

    private static @Nullable AsciiString group(MessageInput in) throws IOException {
        short length = in.readShort();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > MAX_NAME) {
            throw new IOException("a name of " + length + " bytes");
        }
        var name = new byte[length];
        in.readFully(name);
        return new AsciiString(name);
    }

    private static Message ofType(short type) throws IOException {
        return switch (type) {
            case Message.BYTES_MSG -> new WholeBytesMessage();
            case Message.EMPTY_MSG -> new EmptyMessage();
            case Message.LONG_MSG -> new LongMessage();
            case Message.OBJ_MSG -> new NumbersMessage();
            default -> throw new IOException("a message of the type " + type + ", which is not accepted");
        };
    }

    private static UncheckedIOException refused(Exception cause) {
        var io = cause instanceof IOException known ? known : new IOException(cause);
        return new UncheckedIOException("Refused a message: " + io.getMessage(), io);
    }

    private static MessageInput whole(DataInput in) throws IOException {
        if (in instanceof MessageInput message) {
            return message;
        }
        throw new IOException("not a whole message");
    }

    /// Bytes, as many as there are.
    private static final class WholeBytesMessage extends BytesMessage {
        @Override
        public void readPayload(DataInput in) throws IOException {
            var message = whole(in);
            message.requireLeft((long) message.peekInt() + Integer.BYTES);
            super.readPayload(in);
        }
    }

    /// What JGroups sends as an object: which messages to send again, and which have come.
    private static final class NumbersMessage extends ObjectMessage {

        private static final short SEQUENCE_NUMBERS = ClassConfigurator.getMagicNumber(SeqnoList.class);
        private static final short DIGEST = ClassConfigurator.getMagicNumber(Digest.class);

        @Override
        public void readPayload(DataInput in) throws IOException, ClassNotFoundException {
            if (in.readByte() == 0) {
                return;
            }
            short type = in.readShort();
            SizeStreamable numbers;
            if (type == SEQUENCE_NUMBERS) {
                // It begins with the number of its bits.
                var message = whole(in);
                message.requireLeft(message.peekInt() / Byte.SIZE);
                numbers = new SeqnoList();
            } else if (type == DIGEST) {
                numbers = new Digest();
            } else {
                throw new IOException("an object of the type " + type + ", which is not accepted");
            }
            numbers.readFrom(in);
            setObject(numbers);
        }
    }
}
