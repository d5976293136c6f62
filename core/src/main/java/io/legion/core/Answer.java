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

    /// Asks for the final outcome, under the request's id. This costs as much as a request answered FINAL, and
    /// only when called.
    ///
    /// @return a stage that completes with it, however long that takes; exceptionally if this node closes
    ///     first, or if the call came so late that the shard no longer remembers the outcome
    public CompletionStage<Outcome<O>> whenFinal() {
        return later.get();
    }
}
