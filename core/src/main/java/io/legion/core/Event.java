package io.legion.core;

/// A change of one partition: a value, usually a record, with a pure and total [#apply(Object, EventContext)].
///
/// @param <S> the partition's state
/// @param <O> the output, which the caller gets as the answer
public interface Event<S, O> {
    /// The state after this event, and the output.
    ///
    /// Must be a pure function of its arguments: every replica applies the event, perhaps more than once and in
    /// more than one place of the order, and must come to an equal result. No clock (take the time from the
    /// context), no random numbers, no I/O, nothing that depends on locale, time zone or the iteration order of
    /// hashed collections. It must not change the state passed in.
    ///
    /// If it throws an exception, the event changes nothing on any replica, and the caller gets the failure.
    Applied<S, O> apply(S state, EventContext context);
}
