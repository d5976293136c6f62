package io.legion.core;

import java.util.concurrent.CompletionStage;

/// The answer to a request.
///
/// @param outcome the output or the event's failure, as known when the answer was given
/// @param standing what this answer promises: at least what the request asked for
/// @param id the event's place in history
/// @param whenFinal completes with the final outcome, once it is known; exceptionally if this node stops before
public record Answer<O>(Outcome<O> outcome, Consistency standing, EventId id, CompletionStage<Outcome<O>> whenFinal) {
    /// The output.
    ///
    /// @throws EventFailedException if the event failed
    public O output() {
        return outcome.output();
    }
}
