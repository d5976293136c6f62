package io.legion.runtime.client;

import io.legion.runtime.lane.NoAnswer;

/// Where the answer to a call goes: to the thread that waits for it, or to a stage.
///
/// @param <T> what an answer is
sealed interface ReplyTo<T> permits Slot, StageReply {
    /// The answer.
    void fill(T answer);

    /// There will be no answer.
    void fail(NoAnswer none);

    /// A node turned the call away, and another one is asked.
    ///
    /// @param who the node, and what it said
    default void turnedAway(String who) {}
}
