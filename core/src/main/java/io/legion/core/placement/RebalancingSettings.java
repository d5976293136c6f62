package io.legion.core.placement;

/// The settings of [Rebalancing]; they must be the same on all nodes.
///
/// @param replicas how many participants a shard is to have
/// @param replaceAfterMillis how long a participant may be out of reach before another replaces it; 0 for never.
///     Until then nothing moves on its account, so a restarted node finds everything as it was
/// @param copiesAtOnce how many shards one node lets others copy at the same time
/// @param replaceStoppedAfterMillis how long after its node said that it has stopped a participant is removed (R76)
public record RebalancingSettings(
        int replicas, long replaceAfterMillis, int copiesAtOnce, long replaceStoppedAfterMillis) {
    /// Three participants, replaced after 30 s, or 5 s if they have stopped; four copies at once.
    public static final RebalancingSettings DEFAULT = new RebalancingSettings(3, 30_000, 4, 5_000);

    /// @throws IllegalArgumentException if a value is out of its range
    public RebalancingSettings {
        if (replicas < 1 || replaceAfterMillis < 0 || copiesAtOnce < 1 || replaceStoppedAfterMillis < 0) {
            throw new IllegalArgumentException("at least 1 replica, 0 ms or more to wait and at least 1 copy at once"
                    + " are needed, not " + replicas + ", " + replaceAfterMillis + ", " + copiesAtOnce + " and "
                    + replaceStoppedAfterMillis);
        }
    }
}
