package io.legion.runtime.node;

import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.lane.CopyState;
import java.util.EnumMap;
import java.util.Map;

/// What a node counts while it looks at one shard after the other.
final class ShardTotals {
    final Map<CopyState, Integer> copies = new EnumMap<>(CopyState.class);
    int served;
    int withoutMajority;
    long outstanding;
    long oldestMillis;
    int salvage;

    /// Of the shard that knows of the largest one; not a number while none knows any.
    double clockOffsetMillis = Double.NaN;

    void add(CopyState state) {
        copies.merge(state, 1, Integer::sum);
    }

    void addClockOffset(double millis) {
        if (!(Math.abs(millis) <= Math.abs(clockOffsetMillis))) {
            clockOffsetMillis = millis;
        }
    }

    void add(ReplicaStatus status, long oldestOutstandingMillis) {
        outstanding += status.outstanding();
        oldestMillis = Math.max(oldestMillis, oldestOutstandingMillis);
        salvage += status.salvage().size();
    }
}
