package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.PartitionType;
import io.legion.core.codec.RecordCodec;
import io.legion.core.codec.WireOutput;
import java.util.OptionalLong;

/// Finds out whether a state that an event led to can be written, and takes no more bytes than are allowed.
///
/// It writes a small state whole, which gives the hash too. Of a large state it writes only what the event
/// changed: the state takes at most that much more than the one before. The answer depends on the state alone,
/// not on how it was found. A codec of the user's own can only write the whole.
///
/// Owned by one thread.
final class StateMeasure {
    /// The largest state, in bytes, that a replica hashes whenever it changes. Replicas must agree on it.
    static final int SMALL = 1024;

    /// The size of a state that was not written here.
    static final int UNKNOWN = -1;

    /// An output that has grown larger is not kept.
    private static final int MOST_KEPT = 64 * 1024;

    private WireOutput scratch = new WireOutput();

    /// The result of an event that changed the state.
    ///
    /// @param version the version whose bytes count
    /// @param sizeBefore the most bytes that the state before takes, or [#UNKNOWN]
    /// @throws CodecException if the state cannot be written
    /// @throws IllegalArgumentException if it takes more than [PartitionType#MAX_STATE_BYTES]
    <S> Result changed(PartitionType<S> type, int version, S before, int sizeBefore, S after, Result.Summary summary) {
        if (!(type.stateCodec(version) instanceof RecordCodec<S> codec)) {
            return written(Bytes.wrap(type.stateCodec(version).encode(after)), version, after, summary);
        }
        boolean seenLarge = sizeBefore > SMALL && codec.isSeenToTakeMoreThan(SMALL, after);
        if (!seenLarge && codec.encodeUpTo(SMALL, after, scratch)) {
            long hash = Hash.of(scratch.buffer(), scratch.size());
            return new Result(after, version, scratch.size(), hash, Result.Course.CHANGED, summary);
        }
        int size = sizeBefore == UNKNOWN ? whole(codec, after) : grown(codec, before, sizeBefore, after);
        keepSmall();
        return new Result(after, version, size, 0, Result.Course.CHANGED, summary);
    }

    private static Result written(Bytes bytes, int version, Object state, Result.Summary summary) {
        requireAllowed(bytes.size());
        long hash = bytes.size() <= SMALL ? Hash.of(bytes) : 0;
        return new Result(state, version, bytes.size(), hash, Result.Course.CHANGED, summary);
    }

    /// The result of an event that kept the state. Replicas that have an equal state as another object find it
    /// changed: both must give the same size and hash.
    <S> Result same(PartitionType<S> type, Result before, Result.Summary summary) {
        Result known = before.size() > SMALL || before.stateHash() != 0 ? before : measured(type, before, summary);
        return new Result(known.state(), known.version(), known.size(), known.stateHash(), Result.Course.KEPT, summary);
    }

    @SuppressWarnings("unchecked")
    private <S> Result measured(PartitionType<S> type, Result before, Result.Summary summary) {
        S state = (S) before.state();
        return changed(type, before.version(), state, before.size(), state, summary);
    }

    private <S> int grown(RecordCodec<S> codec, S before, int sizeBefore, S after) {
        try {
            long most = (long) sizeBefore + codec.growth(before, after, scratch);
            if (most <= Math.min(PartitionType.MAX_STATE_BYTES, codec.surelyTaken())) {
                return (int) most;
            }
        } catch (CodecException _) {
            // Writing the whole fails in the same words on every replica.
        }
        return whole(codec, after);
    }

    private <S> int whole(RecordCodec<S> codec, S state) {
        codec.encode(state, scratch);
        requireAllowed(scratch.size());
        return scratch.size();
    }

    private static void requireAllowed(int size) {
        if (size > PartitionType.MAX_STATE_BYTES) {
            throw new IllegalArgumentException("the state would take " + size + " bytes; at most "
                    + PartitionType.MAX_STATE_BYTES + " are allowed");
        }
    }

    /// The hash of a state's bytes as a version writes them; empty if there are more than `most`.
    @SuppressWarnings("unchecked")
    <S> OptionalLong hash(PartitionType<S> type, int version, Object state, int most) {
        if (!(type.stateCodec(version) instanceof RecordCodec<S> codec)) {
            Bytes bytes = Bytes.wrap(type.stateCodec(version).encode((S) state));
            return bytes.size() <= most ? OptionalLong.of(Hash.of(bytes)) : OptionalLong.empty();
        }
        boolean fits = codec.encodeUpTo(most, (S) state, scratch);
        OptionalLong hash = fits ? OptionalLong.of(Hash.of(scratch.buffer(), scratch.size())) : OptionalLong.empty();
        keepSmall();
        return hash;
    }

    private void keepSmall() {
        if (scratch.buffer().length > MOST_KEPT) {
            scratch = new WireOutput();
        }
    }
}
