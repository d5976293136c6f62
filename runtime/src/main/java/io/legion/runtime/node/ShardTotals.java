package io.legion.runtime.node;

import io.legion.core.shard.ClockLead;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.lane.CopyState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// What a node counts while it looks at one shard after the other.
final class ShardTotals {
    final Map<CopyState, Integer> copies = new EnumMap<>(CopyState.class);
    /// The lowest version of each partition type that is active in a shard, by the type's number.
    final Map<Integer, Integer> versions = new HashMap<>();

    int served;
    int withoutMajority;
    long outstanding;
    long oldestMillis;
    int salvage;

    /// Of the shard that knows of the largest one, of those that have heard other clocks within the last
    /// seconds if there are any; not a number while none knows any.
    double clockOffsetMillis = Double.NaN;

    private boolean clockIsFresh;

    void add(CopyState state) {
        copies.merge(state, 1, Integer::sum);
    }

    void add(ClockLead lead) {
        boolean fresher = lead.fresh() && !clockIsFresh;
        boolean larger = lead.fresh() == clockIsFresh && !(Math.abs(lead.millis()) <= Math.abs(clockOffsetMillis));
        if (fresher || larger) {
            clockOffsetMillis = lead.millis();
            clockIsFresh = lead.fresh();
        }
    }

    void add(ReplicaStatus status, long oldestOutstandingMillis) {
        outstanding += status.outstanding();
        oldestMillis = Math.max(oldestMillis, oldestOutstandingMillis);
        salvage += status.salvage().size();
        if (status.phase() == ReplicaStatus.Phase.PARTICIPATING) {
            status.versions().forEach((type, version) -> versions.merge(type, version, Math::min));
        }
    }
}
