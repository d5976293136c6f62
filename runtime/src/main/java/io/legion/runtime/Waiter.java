package io.legion.runtime;

import io.legion.core.shard.Reply;

/// Whoever waits for what a shard answers. Called by the thread that runs the lane: it must not block, throw,
/// or call back into Legion.
public interface Waiter {
    /// An answer; a second one follows an [Reply.Answered] that is not the last.
    void replied(Reply reply);

    /// There will be no (further) answer.
    void failed(RequestException failure);

    /// When a first answer comes too late, on the clock that the lane is told; `Long.MAX_VALUE` for never,
    /// which it must be once there was one.
    long deadlineMillis();
}
