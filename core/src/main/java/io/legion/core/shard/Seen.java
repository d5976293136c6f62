package io.legion.core.shard;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Epoch;

/// What a session has seen of a shard (R79): the epoch in which, and the events that were outstanding then.
/// Whoever takes part in that epoch, or a later one, holds all that had folded.
///
/// Immutable.
public final class Seen {
    /// A session that has seen nothing of the shard yet.
    public static final Seen NOTHING = new Seen(0, VersionVector.EMPTY);

    private final long epoch;
    private final VersionVector events;

    Seen(long epoch, VersionVector events) {
        this.epoch = epoch;
        this.events = events;
    }

    long epoch() {
        return epoch;
    }

    VersionVector events() {
        return events;
    }

    /// Both together.
    public Seen merge(Seen other) {
        return new Seen(Math.max(epoch, other.epoch), events.merge(other.events));
    }

    /// Appends it.
    public void write(WireOutput out) {
        out.varLong(epoch);
        events.write(out);
    }

    /// What [#write] wrote.
    ///
    /// @throws io.legion.core.CodecException if the bytes are none
    public static Seen read(WireInput in) {
        return new Seen(in.varLong(), VersionVector.read(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seen that && epoch == that.epoch && events.equals(that.events);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(epoch) * 31 + events.hashCode();
    }

    @Override
    public String toString() {
        return "epoch " + Epoch.text(epoch) + " with " + events;
    }
}
