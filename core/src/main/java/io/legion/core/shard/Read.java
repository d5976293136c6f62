package io.legion.core.shard;

import org.jspecify.annotations.Nullable;

/// What a caller asks of a partition without changing it: its state.
///
/// @param address the partition
/// @param linearizable true for the state after everything answered FINAL before the read began; false for this
///     replica's projected state, now
/// @param seen what the caller's session has seen of the shard; null outside a session
public record Read(
        PartitionAddress address,
        boolean linearizable,
        @Nullable Seen seen) {
    /// Outside a session.
    public Read(PartitionAddress address, boolean linearizable) {
        this(address, linearizable, null);
    }
}
