package io.legion.core.shard;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;

/// Applies events to states: the only place that calls a user's `apply`.
final class Applier {
    private static final int MAX_REASON = 500;

    private final StateMeasure measure;

    Applier(StateMeasure measure) {
        this.measure = measure;
    }

    /// The event of an entry as an object.
    ///
    /// @throws CodecException if this release of the service cannot read it. The replica must then stop: a
    ///     replica that can read the event would go another way
    static Event<?, ?> event(PartitionType<?> type, LogEntry entry) {
        Event<?, ?> event = entry.decoded();
        if (event == null) {
            event = type.eventCodecs().events().decode(entry.payload().shared());
            entry.decoded(event);
        }
        return event;
    }

    /// Applies an event (R22). Whatever the event throws, errors of the virtual machine aside, is its failure
    /// and changes nothing.
    <S> Result apply(PartitionType<S> type, Event<?, ?> event, Result before, EventId id, PartitionKey key) {
        try {
            @SuppressWarnings("unchecked")
            var typed = (Event<S, Object>) event;
            @SuppressWarnings("unchecked")
            S state = (S) before.state();
            return success(type, typed, typed.apply(state, new EventContext(id, key)), state, before.size());
        } catch (VirtualMachineError error) {
            throw error;
        } catch (Throwable thrown) {
            return Result.unchanged(
                    before.state(), before.size(), new Result.Summary(Result.Kind.FAILED, reason(thrown)));
        }
    }

    // The same object means that nothing changed; an equal copy is right too, and costs one encoding more.
    @SuppressWarnings("ReferenceEquality")
    private <S> Result success(
            PartitionType<S> type, Event<S, Object> event, Applied<S, Object> applied, S before, int size) {
        Bytes output = Bytes.wrap(type.eventCodecs().outputs(event).encode(applied.output()));
        var summary = new Result.Summary(Result.Kind.APPLIED, output);
        return applied.state() == before
                ? Result.unchanged(before, size, summary)
                : measure.changed(type, before, size, applied.state(), summary);
    }

    private static Bytes reason(Throwable thrown) {
        String text = thrown.getMessage() == null
                ? thrown.getClass().getName()
                : thrown.getClass().getName() + ": " + thrown.getMessage();
        return Bytes.of(text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text);
    }
}
