package io.legion.recording;

import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import java.util.function.UnaryOperator;

/// What a recording of a type shows in place of what nobody is to see. The service gives it to
/// [io.legion.LegionBuilder#pseudonyms]; nothing that is recorded leaves the process before it was applied.
///
/// Each function gives a value of the same kind, and the same value for the same one. What the event led to is not
/// replaced: Legion applies the replaced event to the replaced state anew, so a recorded step is always true of
/// the code that ran, and outputs and messages of failures hold what follows from replaced values only. A step for
/// which a
/// function throws is left out, and counted.
///
/// **Threads.** One at a time, none of those that serve.
///
/// @param type whose recordings it is for
/// @param key replaces keys
/// @param state replaces states
/// @param event replaces events
public record Pseudonyms<S>(
        PartitionType<S> type,
        UnaryOperator<PartitionKey> key,
        UnaryOperator<S> state,
        UnaryOperator<Event<S, ?>> event) {}
