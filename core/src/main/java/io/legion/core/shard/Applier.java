package io.legion.core.shard;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.SortedSet;

/// Applies events to states: the only place where a user's code runs.
final class Applier {
    private static final int MAX_REASON = 500;

    private Applier() {}

    /// The event of an entry as an object.
    ///
    /// @throws CodecException if this release of the service can not read it; the replica must then stop,
    ///     because one that can read it would go another way
    static Event<?, ?> event(PartitionType<?> type, LogEntry entry, Bytes payload) {
        Event<?, ?> event = entry.decoded();
        if (event == null) {
            event = type.eventCodecs().events().decode(payload.shared());
            entry.decoded(event);
        }
        return event;
    }

    /// Applies an event (R22): whatever it throws, errors of the virtual machine aside, is its failure and
    /// changes nothing.
    static <S> Result apply(
            PartitionType<S> type,
            Event<?, ?> event,
            Object before,
            SortedSet<Tag> tags,
            EventId id,
            PartitionKey key) {
        try {
            @SuppressWarnings("unchecked")
            var typed = (Event<S, Object>) event;
            @SuppressWarnings("unchecked")
            S state = (S) before;
            return success(type, typed, typed.apply(state, new EventContext(id, key)), before, tags);
        } catch (VirtualMachineError error) {
            throw error;
        } catch (Throwable thrown) {
            return new Result(before, null, tags, new Result.Summary(Result.Kind.FAILED, reason(thrown)));
        }
    }

    // The very same object means that nothing changed; an equal copy costs one encoding more, and is right too.
    @SuppressWarnings("ReferenceEquality")
    private static <S> Result success(
            PartitionType<S> type,
            Event<S, Object> event,
            Applied<S, Object> applied,
            Object before,
            SortedSet<Tag> tags) {
        Bytes output = Bytes.wrap(type.eventCodecs().outputs(event).encode(applied.output()));
        var summary = new Result.Summary(Result.Kind.APPLIED, output);
        if (applied.state() == before) {
            return new Result(before, null, tags, summary);
        }
        byte[] bytes = type.stateCodec().encode(applied.state());
        if (bytes.length > PartitionType.MAX_STATE_BYTES) {
            throw new IllegalArgumentException("the state would take " + bytes.length + " bytes; at most "
                    + PartitionType.MAX_STATE_BYTES + " are allowed");
        }
        return new Result(applied.state(), Bytes.wrap(bytes), type.tags(applied.state()), summary);
    }

    private static Bytes reason(Throwable thrown) {
        String text = thrown.getMessage() == null
                ? thrown.getClass().getName()
                : thrown.getClass().getName() + ": " + thrown.getMessage();
        return Bytes.of(text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text);
    }
}
