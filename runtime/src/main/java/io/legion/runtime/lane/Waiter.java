package io.legion.runtime.lane;

import io.legion.core.shard.Reply;
import io.legion.runtime.trace.Trace;
import org.jspecify.annotations.Nullable;

/// Waits for the answer of a shard, and hears it once. The thread that owns the lane calls it: it must not block,
/// throw, or call the node. It may give the lane further inputs, which the same [Lane#flush] works off.
public interface Waiter {
    /// The answer.
    void replied(Reply reply);

    /// There will be no answer.
    void failed(NoAnswer none);

    /// A node did not answer, and another one is asked. For a caller that wants to know why it waited.
    ///
    /// @param who the node, and what it said
    default void turnedAway(String who) {}

    /// What traces the call that waits; null if nothing does.
    default @Nullable Trace trace() {
        return null;
    }

    /// The time from which on an answer comes too late, on the lane's clock; `Long.MAX_VALUE` for never.
    long deadlineMillis();
}
