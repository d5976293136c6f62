package io.legion.core;

import io.legion.core.codec.DerivedEventCodecs;

/// The codecs of a partition type's events and of their outputs. Safe for use by many threads.
///
/// @param <S> the state that the events change
public interface EventCodecs<S> {
    /// The codec of all events of the type.
    Codec<Event<S, ?>> events();

    /// The codec of this event's output.
    ///
    /// @throws IllegalArgumentException if the event is not one of the type's
    <O> Codec<O> outputs(Event<S, O> event);

    /// The version from which on events and outputs have all their parts, see [Codec#newestVersion].
    ///
    /// @return 1, unless the codecs say otherwise
    default int newestVersion() {
        return events().newestVersion();
    }

    /// The codecs derived from the event classes: a sealed interface of records, or a single record.
    ///
    /// @throws IllegalArgumentException if a codec cannot be derived; the message names the component at fault
    @SuppressWarnings("rawtypes") // a generic sealed interface has no class literal with its arguments
    static <S> EventCodecs<S> derived(Class<? extends Event> events) {
        return DerivedEventCodecs.of(events);
    }
}
