package io.legion.cluster.jgroups.link;

import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.core.Bytes;
import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Frames as they arrive, with what the sender tells beside them. See [WireFormat].
///
/// @param to the token of the receiver
/// @param from the token of the sender
/// @param processed how much the sender has processed
/// @param number of the parcel, counted from 0
/// @param pieces the frames
public record Parcel(long to, long from, long processed, long number, List<Piece> pieces) {

    /// A frame, or a part of one.
    ///
    /// @param total the length of the whole frame
    public record Piece(int total, Bytes bytes) {

        boolean whole() {
            return bytes.size() == total;
        }
    }

    /// Reads what follows the prefix: exactly `length` bytes.
    ///
    /// @throws IOException if this is no parcel, or has a frame of more than `mostBytes`
    public static Parcel read(DataInput in, int length, int mostBytes) throws IOException {
        if (length < WireFormat.PARCEL_HEADER || length > WireFormat.PARCEL_BYTES) {
            throw new IOException("a parcel of " + length + " bytes");
        }
        var header = new byte[WireFormat.PARCEL_HEADER];
        in.readFully(header);
        var numbers = ByteBuffer.wrap(header);
        return new Parcel(
                numbers.getLong(),
                numbers.getLong(),
                numbers.getLong(),
                numbers.getLong(),
                pieces(in, length - WireFormat.PARCEL_HEADER, mostBytes));
    }

    private static List<Piece> pieces(DataInput in, int length, int mostBytes) throws IOException {
        var pieces = new ArrayList<Piece>();
        for (int left = length; left > 0; ) {
            int size = in.readInt();
            left -= Integer.BYTES;
            int total = size;
            if (size < 0) {
                size = -size;
                total = in.readInt();
                left -= Integer.BYTES;
            }
            if (size < 0 || size > left || total < size || total > mostBytes) {
                throw new IOException("a frame of " + total + " bytes, " + size + " of them here, where " + left
                        + " bytes are left and " + mostBytes + " accepted at most");
            }
            var bytes = new byte[size];
            in.readFully(bytes);
            left -= size;
            pieces.add(new Piece(total, Bytes.wrap(bytes)));
        }
        return pieces;
    }
}
