package io.legion.cluster.jgroups;

import io.legion.core.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One stay of a peer: what was sent to it and what came from it since both sides agreed on their tokens.
///
/// Amounts are in the unit of [WireFormat#cost], counted from the beginning of the session. Owned by its [Link],
/// which guards it with its lock.
final class Session {

    /// What the peer puts on its parcels.
    final long token;

    /// What goes on parcels to the peer; 0 while it is not known.
    long peerToken;

    /// Whether both sides know both tokens.
    boolean up;

    // What goes out.
    private final ArrayDeque<Bytes> queue = new ArrayDeque<>();
    private int pieceOffset;
    private long taken;
    private long written;
    private long acknowledged;
    private long parcelsSent;

    // What comes in.
    long parcelsExpected;
    private long processed;
    private long processedTold;
    private byte @Nullable [] large;
    private int largeFilled;

    Session(long token) {
        this.token = token;
    }

    /// Takes a frame for sending if the window has room, or if nothing else is under way.
    boolean take(Bytes frame, long window) {
        long outstanding = taken - acknowledged;
        long cost = WireFormat.cost(frame.size());
        if (outstanding > 0 && outstanding + cost > window) {
            return false;
        }
        taken += cost;
        queue.add(frame);
        return true;
    }

    long outstanding() {
        return taken - acknowledged;
    }

    /// Written to the socket, as far as is known not yet processed by the peer.
    long onTheWay() {
        return written - acknowledged;
    }

    boolean hasFrames() {
        return !queue.isEmpty();
    }

    long parcelsSent() {
        return parcelsSent;
    }

    void acknowledged(long amount) {
        acknowledged = Math.clamp(amount, acknowledged, written);
    }

    void processed(int frameBytes) {
        processed += WireFormat.cost(frameBytes);
    }

    /// What the peer does not know to be processed.
    long untold() {
        return processed - processedTold;
    }

    /// Fills a parcel with as many frames as it has room for, and the latest acknowledgement.
    void pack(ByteBuffer parcel) {
        parcel.clear();
        parcel.putShort(WireFormat.MAGIC).put(WireFormat.PARCEL);
        parcel.putLong(peerToken).putLong(token).putLong(processed).putLong(parcelsSent);
        processedTold = processed;
        int empty = parcel.position();
        while (!queue.isEmpty() && packNext(parcel, empty)) {}
        if (parcel.position() > empty) {
            parcelsSent++;
        }
    }

    private boolean packNext(ByteBuffer parcel, int empty) {
        var frame = queue.element();
        int left = frame.size() - pieceOffset;
        int room = parcel.remaining() - 2 * Integer.BYTES;
        boolean whole = pieceOffset == 0 && left <= room;
        if (!whole && pieceOffset == 0 && parcel.position() > empty) {
            return false;
        }
        if (room <= 0) {
            return false;
        }
        if (pieceOffset == 0) {
            written += WireFormat.cost(frame.size());
        }
        int length = whole ? left : Math.min(left, room);
        if (whole) {
            parcel.putInt(length);
        } else {
            parcel.putInt(-length).putInt(frame.size());
        }
        parcel.put(frame.shared(), pieceOffset, length);
        pieceOffset += length;
        if (pieceOffset == frame.size()) {
            queue.remove();
            pieceOffset = 0;
        }
        return true;
    }

    /// Puts a piece of a large frame to those before.
    ///
    /// @return the frame, when it is whole
    /// @throws IllegalArgumentException if the piece can not be one of that frame
    @Nullable
    Bytes assemble(Piece piece) {
        var whole = large;
        if (whole == null) {
            whole = new byte[piece.total()];
            large = whole;
            largeFilled = 0;
        }
        if (whole.length != piece.total() || largeFilled + piece.bytes().size() > whole.length) {
            throw new IllegalArgumentException("a piece that does not fit");
        }
        System.arraycopy(
                piece.bytes().shared(), 0, whole, largeFilled, piece.bytes().size());
        largeFilled += piece.bytes().size();
        if (largeFilled < whole.length) {
            return null;
        }
        large = null;
        return Bytes.wrap(whole);
    }

    /// A frame, or a part of one.
    ///
    /// @param total the length of the whole frame
    record Piece(int total, Bytes bytes) {

        boolean whole() {
            return bytes.size() == total;
        }
    }
}
