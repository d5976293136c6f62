package io.legion.runtime.client;

import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.PartitionType;
import io.legion.core.codec.RecordCodec;
import org.jspecify.annotations.Nullable;

/// The events of one partition type as objects that may get into a state.
///
/// A caller may go on changing what it has put into an event, a list for example, and a state must not change
/// with it. So a replica gets the event as its bytes say it is, read in the caller's thread; or the caller's
/// own object, where nothing can change that.
final class OwnEvents<S> {
    private final Codec<Event<S, ?>> codec;
    private final boolean immutable;

    OwnEvents(PartitionType<S> type) {
        this.codec = type.eventCodecs().events();
        this.immutable = codec instanceof RecordCodec<?> derived && derived.isImmutable();
    }

    byte[] encode(Event<S, ?> event) {
        return codec.encode(event);
    }

    /// The event for the replica; null if its bytes cannot be read, which the replica finds and says.
    @Nullable
    Event<S, ?> own(Event<S, ?> event, byte[] bytes) {
        if (immutable) {
            return event;
        }
        try {
            return codec.decode(bytes);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }
}
