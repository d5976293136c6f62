package io.legion.operations;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.PartitionKey;
import java.nio.ByteBuffer;

/// A partition's state as an [Extract] and a backup have it: the number of its type (4 bytes), the length of its key
/// (2), the key, the length of the state (4), the state as its type's codec wrote it. Numbers are big-endian.
///
/// The address of a state is the number of its type and its key; addresses have the order of their bytes.
///
/// @param type the number of its partition type
/// @param key of the partition
/// @param state its encoded state
public record ExtractedState(int type, PartitionKey key, Bytes state) {
    /// What it has beside key and state.
    private static final int HEAD = Integer.BYTES + Short.BYTES + Integer.BYTES;

    /// How many bytes [#write] writes.
    public static int size(int keyBytes, int stateBytes) {
        return Math.addExact(HEAD + keyBytes, stateBytes);
    }

    /// Writes it.
    public void write(ByteBuffer to) {
        to.putInt(type)
                .putShort((short) key.bytes().size())
                .put(key.bytes().shared())
                .putInt(state.size())
                .put(state.shared());
    }

    /// Reads the next one.
    ///
    /// @throws CodecException if there is none
    public static ExtractedState read(ByteBuffer from) {
        if (from.remaining() < HEAD) {
            throw new CodecException("the bytes end within a state");
        }
        int type = from.getInt();
        int keyBytes = Short.toUnsignedInt(from.getShort());
        if (keyBytes == 0 || keyBytes > PartitionKey.MAX_BYTES) {
            throw new CodecException("a key has " + keyBytes + " bytes");
        }
        var key = taken(from, keyBytes);
        if (from.remaining() < Integer.BYTES) {
            throw new CodecException("the bytes end within a state");
        }
        return new ExtractedState(type, new PartitionKey(key), taken(from, from.getInt()));
    }

    private static Bytes taken(ByteBuffer from, int size) {
        if (size < 0 || size > from.remaining()) {
            throw new CodecException("the bytes end within a state");
        }
        byte[] bytes = new byte[size];
        from.get(bytes);
        return Bytes.wrap(bytes);
    }

    /// Its address.
    public Bytes address() {
        return address(type, key);
    }

    /// The address of a partition.
    public static Bytes address(int type, PartitionKey key) {
        byte[] bytes = key.bytes().shared();
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(type)
                .put(bytes)
                .array());
    }
}
