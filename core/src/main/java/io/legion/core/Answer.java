package io.legion.core;

/// The answer to a request.
///
/// Whoever needs the final outcome of an answer that may still change asks again with the same event and
/// [#request()] for [Consistency#FINAL]: the event is not applied a second time.
///
/// @param outcome the output or the event's failure, as known when the answer was given
/// @param consistency what this answer promises: at least what the request asked for
/// @param id the event's place in history
/// @param request the request's id, for a retry
public record Answer<O>(Outcome<O> outcome, Consistency consistency, EventId id, RequestId request) {
    /// The output.
    ///
    /// @throws EventFailedException if the event failed
    public O output() {
        return outcome.output();
    }
}
