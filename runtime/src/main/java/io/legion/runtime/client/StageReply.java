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
        Completions completions,
        @Nullable RequestId id) implements ReplyTo<T> {
    @Override
    public void fill(T answer) {
        completions.complete(stage, answer);
    }

    @Override
    public void fail(NoAnswer none) {
        completions.fail(stage, Answers.exception(none, id));
    }
}
