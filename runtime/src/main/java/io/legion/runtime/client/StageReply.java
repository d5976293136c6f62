package io.legion.runtime.client;

import io.legion.core.RequestId;
import io.legion.runtime.lane.NoAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The answer to a call as a stage.
///
/// @param id of the request; null for a read or a search
record StageReply<T>(
        CompletableFuture<T> stage,
        CallerContext callers,
        @Nullable RequestId id) implements ReplyTo<T> {
    @Override
    public void fill(T answer) {
        callers.completions().complete(stage, answer);
    }

    @Override
    public void fail(NoAnswer none) {
        callers.completions().fail(stage, callers.unanswered(none, id));
    }
}
