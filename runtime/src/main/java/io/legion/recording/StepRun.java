package io.legion.recording;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Applies an event as a replica of this release does, and writes down what it came to.
public final class StepRun {
    private static final int MOST_REASON = 500;

    private StepRun() {}

    /// What this release makes of an event.
    ///
    /// @throws io.legion.core.CodecException if the version cannot write the event or the state before
    public static <S> HistoryStep of(
            PartitionType<S> type, PartitionKey key, EventId id, int version, Event<S, ?> event, S before) {
        var eventBytes = Bytes.wrap(type.eventCodecs().events().at(version).encode(event));
        var beforeBytes = state(type, version, before);
        try {
            @SuppressWarnings("unchecked")
            var typed = (Event<S, Object>) event;
            Applied<S, Object> applied =
                    Objects.requireNonNull(typed.apply(before, new EventContext(id, key, version)), "apply gave null");
            S after = applied.state();
            var afterBytes = small(state(type, version, after));
            var body = Bytes.wrap(type.eventCodecs().outputs(typed).at(version).encode(applied.output()));
            return new HistoryStep(
                    key, id, version, eventBytes, beforeBytes, afterBytes, false, body, tags(type, version, after));
        } catch (VirtualMachineError error) {
            throw error;
        } catch (Throwable failure) {
            return new HistoryStep(
                    key,
                    id,
                    version,
                    eventBytes,
                    beforeBytes,
                    beforeBytes,
                    true,
                    reason(failure),
                    tags(type, version, before));
        }
    }

    /// A state as a version writes it.
    public static <S> Bytes state(PartitionType<S> type, int version, @Nullable S state) {
        return Bytes.wrap(type.stateCodec(version).encode(Objects.requireNonNull(state, "the next state is null")));
    }

    private static Bytes small(Bytes state) {
        if (state.size() > PartitionType.MAX_STATE_BYTES) {
            throw new IllegalArgumentException("the state would take " + state.size() + " bytes; at most "
                    + PartitionType.MAX_STATE_BYTES + " are allowed");
        }
        return state;
    }

    /// The tags of a state in their order; empty if the index function throws.
    public static <S> Optional<List<Tag>> tags(PartitionType<S> type, int version, S state) {
        try {
            return Optional.of(List.copyOf(type.tags(state, version)));
        } catch (VirtualMachineError error) {
            throw error;
        } catch (Throwable untaggable) {
            return Optional.empty();
        }
    }

    private static Bytes reason(Throwable failure) {
        var text = failure.getMessage() == null
                ? failure.getClass().getName()
                : failure.getClass().getName() + ": " + failure.getMessage();
        var told = text.length() > MOST_REASON ? text.substring(0, MOST_REASON) : text;
        return Bytes.wrap(told.getBytes(StandardCharsets.UTF_8));
    }
}
