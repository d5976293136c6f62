package io.legion.runtime.lane;

import io.legion.Legion;
import io.legion.core.shard.Reply;

/// Whoever waits for what a shard answers; told once. Called by the thread that runs the lane: it must not block,
/// throw, or call back into Legion.
public interface Waiter {
    /// The answer.
    void replied(Reply reply);

    /// There will be no answer.
    void failed(NoAnswer none);

    /// From when on an answer comes too late, on the clock that the lane is told; `Long.MAX_VALUE` for never.
    long deadlineMillis();
}
