package io.legion.simulation.purity;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import io.legion.core.EventContext;
import org.jspecify.annotations.Nullable;

/// An event applied once.
///
/// @param outcome what can be compared
/// @param failure what `apply` threw, or what is wrong with what it gave; null if nothing is
public record Tried(Outcome outcome, @Nullable Throwable failure) {
    /// What an event came to, as bytes: state and output, or the class of the failure.
    public record Outcome(
            @Nullable Bytes state,
            @Nullable Bytes output,
            @Nullable String failure) {}

    /// `apply` gave something that cannot be a state or an output. No event means that.
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /// Applies an event as a replica does: whatever it throws, errors of the virtual machine aside, is its failure.
    @SuppressWarnings("unchecked")
    public static <S> Tried of(
            Codec<S> states, EventCodecs<S> events, Event<S, ?> event, S state, EventContext context) {
        var typed = (Event<S, Object>) event;
        try {
            Applied<S, Object> applied = typed.apply(state, context);
            if (applied == null) {
                throw new Unusable("it gave null");
            }
            Bytes output = encoded("the output", events.outputs(typed).at(context.version()), applied.output());
            Bytes next = encoded("the next state", states.at(context.version()), applied.state());
            return new Tried(new Outcome(next, output, null), null);
        } catch (VirtualMachineError error) {
            throw error;
        } catch (Throwable failure) {
            return new Tried(new Outcome(null, null, failure.getClass().getName()), failure);
        }
    }

    private static <T> Bytes encoded(String what, Codec<T> codec, @Nullable T value) {
        if (value == null) {
            throw new Unusable(what + " is null");
        }
        try {
            return Bytes.wrap(codec.encode(value));
        } catch (RuntimeException unwritable) {
            throw new Unusable(what + " cannot be written: " + unwritable.getMessage());
        }
    }
}
