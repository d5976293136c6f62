package io.legion.cluster.jgroups.link;

import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.core.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What comes in with a [PeerSession]: which parcel is next, how pieces make frames, and how much was processed.
/// Amounts are in the unit of [WireFormat#cost], counted from the beginning of the session.
final class IncomingFrames {
    private static final byte[] NONE = {};

    /// How many parcels may wait for an earlier one, and for how many ticks. When another connection takes the place of
    /// one, the last parcels of the old one may come after the first of the new one, a moment later.
    static final int MOST_EARLY = 64;

    static final int PATIENT_TICKS = 4;

    private long parcelsExpected;
    private long processed;
    private long processedTold;

    /// Those that wait for the one that is expected, by number.
    private final TreeMap<Long, Parcel> early = new TreeMap<>();

    /// For how many ticks they have waited for it.
    private int ticks;

    /// The beginning of a large frame, and how much of it has come.
    private byte[] large = NONE;

    private int largeFilled;
    private int largeTotal;

    /// How many parcels have come, which is the number of the next one.
    long parcelsExpected() {
        return parcelsExpected;
    }

    void processed(int frameBytes) {
        processed += WireFormat.cost(frameBytes);
    }

    /// How much was processed that the peer does not know of.
    long untold() {
        return processed - processedTold;
    }

    /// How much was processed; the caller tells the peer.
    long tell() {
        processedTold = processed;
        return processed;
    }

    /// Takes a parcel.
    ///
    /// @return the frames that are whole now, in their order; empty if a parcel before this one counts as lost
    /// @throws IllegalArgumentException if a piece cannot belong to its frame
    Optional<List<Bytes>> accept(Parcel incoming) {
        if (incoming.pieces().isEmpty() || incoming.number() < parcelsExpected) {
            return Optional.of(List.of());
        }
        var frames = new ArrayList<Bytes>();
        if (incoming.number() > parcelsExpected) {
            early.put(incoming.number(), incoming);
        } else {
            unpack(incoming, frames);
            for (var next = early.remove(parcelsExpected); next != null; next = early.remove(parcelsExpected)) {
                unpack(next, frames);
            }
        }
        return early.size() > MOST_EARLY ? Optional.empty() : Optional.of(frames);
    }

    /// Some time has passed.
    ///
    /// @return false if the expected parcel counts as lost: later ones have waited for it for too long
    boolean tick() {
        return early.isEmpty() || ++ticks <= PATIENT_TICKS;
    }

    private void unpack(Parcel next, List<Bytes> frames) {
        parcelsExpected++;
        ticks = 0;
        for (var piece : next.pieces()) {
            var frame = piece.whole() ? piece.bytes() : assemble(piece);
            if (frame != null) {
                frames.add(frame);
            }
        }
    }

    /// Adds a piece of a large frame to those before.
    ///
    /// @return the frame, once it is whole
    private @Nullable Bytes assemble(Parcel.Piece piece) {
        var next = piece.bytes();
        if (large.length == 0) {
            largeTotal = piece.total();
        }
        if (largeTotal != piece.total() || largeFilled + next.size() > largeTotal) {
            throw new IllegalArgumentException("a piece that does not fit");
        }
        large = withRoom(largeFilled + next.size());
        System.arraycopy(next.shared(), 0, large, largeFilled, next.size());
        largeFilled += next.size();
        if (largeFilled < largeTotal) {
            return null;
        }
        var whole = Bytes.wrap(large);
        large = NONE;
        largeFilled = 0;
        return whole;
    }

    /// Memory grows with what has come: a peer may announce a large frame, and never send it.
    private byte[] withRoom(int needed) {
        if (needed <= large.length) {
            return large;
        }
        return Arrays.copyOf(large, (int) Math.min(largeTotal, Math.max(needed, 2L * large.length)));
    }
}
