package io.legion.cluster.jgroups;

import io.legion.core.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One stay of a peer: how both sides agree on their tokens, and what was sent to it and came from it since.
///
/// Amounts are in the unit of [WireFormat#cost], counted from the beginning of the session. Owned by its [Link],
/// which guards it with its lock.
final class Session {

    /// How many greetings say that a parcel was sent that did not come, until it counts as lost.
    private static final int STALLED_GREETINGS = 3;

    /// What a greeting means for a session.
    enum Agreement {
        AS_BEFORE,
        /// The peer's token was not known: it is to be told that it is now.
        NEW_TOKEN,
        /// The peer has ended it.
        ENDED,
        /// The peer sent parcels that did not come.
        PARCELS_LOST
    }

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
    private long parcelsExpected;
    private long processed;
    private long processedTold;
    private byte @Nullable [] large;
    private int largeFilled;

    // How often the peer has said that it sent what did not come, and what was waited for then.
    private int stalled;
    private long stalledAt;

    Session(long token) {
        this.token = token;
    }

    // ---- what both sides know of each other ----

    /// Brings it in line with what the peer says of it.
    ///
    /// @param busy whether parcels that came are still being looked at
    Agreement agree(Greeting greeting, boolean busy) {
        if (up) {
            if (greeting.token() != peerToken) {
                return Agreement.ENDED;
            }
            return isStalled(greeting, busy) ? Agreement.PARCELS_LOST : Agreement.AS_BEFORE;
        }
        if (greeting.token() == 0) {
            return Agreement.AS_BEFORE;
        }
        boolean known = peerToken == greeting.token();
        peerToken = greeting.token();
        up = greeting.yours() == token;
        return known ? Agreement.AS_BEFORE : Agreement.NEW_TOKEN;
    }

    /// When it has just begun, it takes the token that the peer has told already.
    ///
    /// @return whether it did
    boolean adopt(Greeting greeting) {
        boolean fresh = peerToken == 0 && greeting.token() != 0;
        if (fresh) {
            peerToken = greeting.token();
        }
        return fresh;
    }

    /// Whether a parcel at the end was lost: the peer said so some time ago, and nothing has come since.
    private boolean isStalled(Greeting greeting, boolean busy) {
        if (greeting.yours() != token || greeting.parcels() <= parcelsExpected || busy) {
            stalled = 0;
            return false;
        }
        if (stalled == 0 || stalledAt != parcelsExpected) {
            stalledAt = parcelsExpected;
            stalled = 1;
            return false;
        }
        return ++stalled > STALLED_GREETINGS;
    }

    // ---- what goes out ----

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

    private void acknowledged(long amount) {
        acknowledged = Math.clamp(amount, acknowledged, written);
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

    // ---- what comes in ----

    void processed(int frameBytes) {
        processed += WireFormat.cost(frameBytes);
    }

    /// What the peer does not know to be processed.
    long untold() {
        return processed - processedTold;
    }

    /// Takes a parcel.
    ///
    /// @return the frames that are whole now, in their order; empty if a parcel before this one was lost
    /// @throws IllegalArgumentException if a piece can not be one of its frame
    Optional<List<Bytes>> accept(Parcel incoming) {
        acknowledged(incoming.processed());
        if (incoming.pieces().isEmpty() || incoming.number() < parcelsExpected) {
            return Optional.of(List.of());
        }
        if (incoming.number() > parcelsExpected) {
            return Optional.empty();
        }
        parcelsExpected++;
        var frames = new ArrayList<Bytes>();
        for (var piece : incoming.pieces()) {
            var frame = piece.whole() ? piece.bytes() : assemble(piece);
            if (frame != null) {
                frames.add(frame);
            }
        }
        return Optional.of(frames);
    }

    /// Puts a piece of a large frame to those before.
    ///
    /// @return the frame, when it is whole
    private @Nullable Bytes assemble(Piece piece) {
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
