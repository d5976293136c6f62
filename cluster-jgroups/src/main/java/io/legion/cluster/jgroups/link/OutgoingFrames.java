package io.legion.cluster.jgroups.link;

import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.core.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// What goes out with a [PeerSession]: the waiting frames, how they are cut into parcels, and the window. Amounts
/// are in the unit of [WireFormat#cost], counted from the beginning of the session.
final class OutgoingFrames {

    private final ArrayDeque<Bytes> queue = new ArrayDeque<>();
    private int pieceOffset;
    private long taken;
    private long written;
    private long acknowledged;
    private long parcelsSent;

    /// Takes a frame for sending if the window has room, or nothing else is under way.
    boolean take(Bytes frame, long window) {
        long cost = WireFormat.cost(frame.size());
        if (outstanding() > 0 && outstanding() + cost > window) {
            return false;
        }
        taken += cost;
        queue.add(frame);
        return true;
    }

    long outstanding() {
        return taken - acknowledged;
    }

    /// Written to the socket and, as far as is known, not yet processed by the peer.
    long onTheWay() {
        return written - acknowledged;
    }

    boolean isWaiting() {
        return !queue.isEmpty();
    }

    long parcelsSent() {
        return parcelsSent;
    }

    /// The peer says how much it has processed.
    void acknowledged(long amount) {
        acknowledged = Math.clamp(amount, acknowledged, written);
    }

    /// Packs as many frames behind the header of a parcel as fit.
    void pack(ByteBuffer parcel) {
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
}
