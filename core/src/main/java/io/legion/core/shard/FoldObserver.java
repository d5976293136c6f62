package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;

/// Hears which events have folded here, and what they led to. It cannot change anything: nothing that it does or
/// leaves undone reaches the replica.
///
/// The replica calls it on its owner's thread while it works. So it must be quick, must not throw, and must not call
/// the replica back.
public interface FoldObserver {
    /// Nobody looks.
    FoldObserver NONE = new FoldObserver() {
        @Override
        public boolean observes(int type) {
            return false;
        }

        @Override
        public void folded(Fold fold) {
            throw new IllegalStateException("nobody looks");
        }
    };

    /// Whether somebody looks at this type now: all that a fold costs while nobody does.
    ///
    /// @param type its number
    boolean observes(int type);

    /// An event of an observed type has its place in history, and was applied for the first time.
    void folded(Fold fold);

    /// An event with what it led to. States are the replica's own objects, which nobody ever changes.
    ///
    /// @param version under which it was applied (R80)
    /// @param event as its caller's node wrote it
    /// @param after the state; the one before, if `apply` threw
    /// @param stateBytes about the most bytes that the state after takes, or a negative number
    /// @param isFailed true if `apply` threw
    /// @param body the output as the version writes it; of a failure the reason, as UTF-8
    record Fold(
            PartitionType<?> type,
            PartitionKey key,
            EventId id,
            int version,
            Bytes event,
            Object before,
            Object after,
            int stateBytes,
            boolean isFailed,
            Bytes body) {}
}
