package io.legion.spi;

import io.legion.core.Codec;
import io.legion.core.PartitionType;
import io.legion.core.codec.RecordCodec;
import java.util.Optional;

/// A partition type as text that nodes compare: the formats of its states and events, where the codecs are
/// derived. What a codec of the user's own writes has no description, and is not compared.
public final class TypeDescription {
    private static final String EVENTS = "events\n";

    private TypeDescription() {}

    /// The description of a type.
    public static String of(PartitionType<?> type) {
        return of(described(type.stateCodec()), described(type.eventCodecs().events()));
    }

    /// The description of a type by the formats of its states and events, empty where there is none.
    public static String of(String states, String events) {
        return states + EVENTS + events;
    }

    private static String described(Codec<?> codec) {
        return codec instanceof RecordCodec<?> derived ? derived.describe() : "";
    }

    /// Why no program has both descriptions in two of its releases; empty if one may.
    public static Optional<String> conflict(String ours, String theirs) {
        return part(true, ours, theirs).or(() -> part(false, ours, theirs));
    }

    /// The part of a description that is of the states; empty if their codec has none.
    public static String ofState(String description) {
        return part(true, description);
    }

    private static Optional<String> part(boolean state, String ours, String theirs) {
        String here = part(state, ours);
        String there = part(state, theirs);
        return here.isEmpty() || there.isEmpty()
                ? Optional.empty()
                : SchemaChange.conflict(here, there).map(why -> (state ? "in its state, " : "in its events, ") + why);
    }

    private static String part(boolean state, String description) {
        int events = description.indexOf(EVENTS);
        return events < 0
                ? ""
                : state ? description.substring(0, events) : description.substring(events + EVENTS.length());
    }
}
