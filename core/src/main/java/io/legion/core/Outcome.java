package io.legion.core;

/// The result of an event: an output, or the failure of an `apply` that threw and so changed nothing.
public sealed interface Outcome<O> {
    /// The output, or the failure as an exception.
    ///
    /// @throws EventFailedException if the event failed
    O output();

    /// The event was applied.
    record Success<O>(O output) implements Outcome<O> {}

    /// The event's `apply` threw: the state is as it was before.
    ///
    /// @param reason the exception's class and message
    record Failure<O>(String reason) implements Outcome<O> {
        @Override
        public O output() {
            throw new EventFailedException(reason);
        }
    }
}
