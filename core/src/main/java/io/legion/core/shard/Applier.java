package io.legion.core.shard;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.CodecException;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.codec.Lending;
import io.legion.core.codec.RecordCodec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Applies events to states: the only place that calls a user's `apply`.
final class Applier {
    private static final int MAX_REASON = 500;

    private final StateMeasure measure;

    Applier(StateMeasure measure) {
        this.measure = measure;
    }

    /// The event of an entry as an object.
    ///
    /// @throws UnknownDataException if this release of the service cannot read it. The replica must then stop:
    ///     a replica that can read the event would go another way
    static Event<?, ?> event(PartitionType<?> type, LogEntry entry) {
        Event<?, ?> event = entry.decoded();
        if (event == null) {
            event = decoded(type, entry);
            entry.decoded(event);
        }
        return event;
    }

    private static Event<?, ?> decoded(PartitionType<?> type, LogEntry entry) {
        try {
            return type.eventCodecs().events().decode(entry.payload().shared());
        } catch (RuntimeException | LinkageError | AssertionError unknown) {
            throw new UnknownDataException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    /// Applies an event (R22). Whatever the event throws, errors of the virtual machine aside, is its failure
    /// and changes nothing.
    ///
    /// @param version under which it is applied (R80)
    <S> Result apply(PartitionType<S> type, Event<?, ?> event, Result last, EventId id, PartitionKey key, int version) {
        Result before = last.at(version);
        try {
            @SuppressWarnings("unchecked")
            var typed = (Event<S, Object>) Lending.lent(type.eventCodecs().events(), (Event<S, ?>) event);
            @SuppressWarnings("unchecked")
            S state = Lending.lent(type.stateCodec(), (S) before.state());
            return success(type, typed, typed.apply(state, new EventContext(id, key, version)), before);
        } catch (VirtualMachineError error) {
            throw error;
        } catch (Throwable thrown) {
            return before.unchanged(new Result.Summary(Result.Kind.FAILED, reason(thrown)));
        }
    }

    // The very object that the replica has cannot have changed.
    @SuppressWarnings({"ReferenceEquality", "unchecked"})
    private <S> Result success(
            PartitionType<S> type, Event<S, Object> event, @Nullable Applied<S, Object> applied, Result before) {
        if (applied == null) {
            throw new NullPointerException(
                    "apply of " + name(event) + " gave null: it has to give a state and an output");
        }
        int version = before.version();
        var summary = new Result.Summary(Result.Kind.APPLIED, output(type, event, applied.output(), version));
        return applied.state() == before.state()
                ? measure.same(type, before, summary)
                : measure.changed(
                        type, version, (S) before.state(), before.size(), own(type, event, applied, before), summary);
    }

    private static <S> Bytes output(
            PartitionType<S> type, Event<S, Object> event, @Nullable Object output, int version) {
        if (output == null) {
            throw new NullPointerException("apply of " + name(event)
                    + " gave null as its output: an event that has nothing to say gives an empty record");
        }
        try {
            return Bytes.wrap(type.eventCodecs().outputs(event).at(version).encode(output));
        } catch (CodecException unwritable) {
            throw new CodecException(
                    "the output of " + name(event) + " cannot be written: " + unwritable.getMessage(), unwritable);
        }
    }

    /// The next state as the replica keeps it, with nothing inside that the event can still change.
    @SuppressWarnings("unchecked")
    private static <S> S own(PartitionType<S> type, Event<S, Object> event, Applied<S, Object> applied, Result before) {
        if (applied.state() == null) {
            throw new NullPointerException("apply of " + name(event) + " gave null as the next state: a partition"
                    + " that has nothing in it has the initial state");
        }
        Codec<S> codec = type.stateCodec(before.version());
        return codec instanceof RecordCodec<S> derived
                ? derived.own((S) before.state(), applied.state())
                : Lending.owned(type.stateCodec(), before.version(), applied.state());
    }

    private static String name(Event<?, ?> event) {
        return event.getClass().getName();
    }

    /// The reason as text for the caller: half of a surrogate pair becomes a question mark.
    private static Bytes reason(Throwable thrown) {
        String text = thrown.getMessage() == null
                ? thrown.getClass().getName()
                : thrown.getClass().getName() + ": " + thrown.getMessage();
        String told = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
        return Bytes.wrap(told.getBytes(StandardCharsets.UTF_8));
    }
}
