package io.legion.core.placement;

/// The settings of [Rebalancing]; they must be the same on all nodes.
///
/// @param factor how many participants a shard is to have
/// @param deadlineMillis how long a participant may be out of reach before another replaces it; 0 for never.
///     Until then nothing moves on its account, so a restarted node finds everything as it was
/// @param copiesAtOnce how many shards one node lets others copy at the same time
public record RebalancingSettings(int factor, long deadlineMillis, int copiesAtOnce) {
    /// Three participants, replaced after 30 s, four copies at once.
    public static final RebalancingSettings DEFAULT = new RebalancingSettings(3, 30_000, 4);

    /// @throws IllegalArgumentException if a value is out of its range
    public RebalancingSettings {
        if (factor < 1 || deadlineMillis < 0 || copiesAtOnce < 1) {
            throw new IllegalArgumentException("a factor of at least 1, a deadline of 0 or more and at least 1 copy at"
                    + " once are needed, not " + factor + ", " + deadlineMillis + " and " + copiesAtOnce);
        }
    }
}
