package io.legion.core;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The answer to a request.
///
/// @param outcome the output or the event's failure, as known when the answer was given
/// @param standing what this answer promises: at least what the request asked for
/// @param id the event's place in history
/// @param later asks for the final outcome, see [#whenFinal()]
public record Answer<O>(
        Outcome<O> outcome, Consistency standing, EventId id, Supplier<CompletionStage<Outcome<O>>> later) {
    /// The output.
    ///
    /// @throws EventFailedException if the event failed
    public O output() {
        return outcome.output();
    }

    /// The final outcome, once it is known. It is asked for now, under the request's id: so it costs as much as a
    /// request answered FINAL, and only where it is wanted.
    ///
    /// @return a stage that completes with it, however long it takes; exceptionally if this node closes before, or
    ///     if the shard does not remember the outcome any more because it was asked for very late
    public CompletionStage<Outcome<O>> whenFinal() {
        return later.get();
    }
}
