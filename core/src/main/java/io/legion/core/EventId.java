package io.legion.core;

import io.legion.core.primitive.HybridTime;

/// The name and the place in history of an event: a hybrid logical time, then the origin that accepted it.
///
/// The time holds 48 bits of milliseconds since 1970 and 16 bits of a counter (Kulkarni and others, *Logical
/// Physical Clocks*, 2014). No two events of a shard share an id.
public record EventId(long time, ParticipantId origin) implements Comparable<EventId> {
    /// How many bits of a time count within its millisecond.
    public static final int COUNTER_BITS = HybridTime.COUNTER_BITS;

    /// The milliseconds since 1970 of the id's time.
    public long millis() {
        return HybridTime.millis(time);
    }

    @Override
    public int compareTo(EventId other) {
        int byTime = Long.compareUnsigned(time, other.time);
        return byTime != 0 ? byTime : origin.compareTo(other.origin);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof EventId that && time == that.time && origin.equals(that.origin));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(time) * 31 + origin.hashCode();
    }

    @Override
    public String toString() {
        return HybridTime.text(time) + "@" + origin;
    }
}
