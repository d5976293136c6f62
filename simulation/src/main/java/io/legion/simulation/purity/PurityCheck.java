package io.legion.simulation.purity;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.primitive.HybridTime;
import io.legion.simulation.Randomness;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Applies events one after the other, each several times under different circumstances, and compares the
/// resulting bytes.
public final class PurityCheck<S> {
    /// The outcome of an event, as bytes that can be compared; null where it failed.
    private record Outcome(
            @Nullable Bytes state,
            @Nullable Bytes output,
            @Nullable String failure) {}

    private static final Locale OTHER_LOCALE = Locale.forLanguageTag("tr-TR");
    private static final TimeZone OTHER_ZONE = TimeZone.getTimeZone("Pacific/Kiritimati");

    private final PartitionType<S> type;
    private final Function<Randomness, ? extends Event<S, ?>> events;
    private final long seed;
    private final ShuffledCopy shuffle;

    public PurityCheck(PartitionType<S> type, Function<Randomness, ? extends Event<S, ?>> events, long seed) {
        this.type = type;
        this.events = events;
        this.seed = seed;
        this.shuffle = new ShuffledCopy(new Randomness(seed).named("orders"));
    }

    public void check(int count) {
        var random = new Randomness(seed).named("purity");
        var origin = new ParticipantId(new NodeId(random.next()), 0);
        S state = type.initial();
        for (int number = 0; number < count; number++) {
            Event<S, ?> event = events.apply(random);
            long millis = 1_767_225_600_000L + number * 1_000L;
            var context = new EventContext(new EventId(HybridTime.of(millis), origin), PartitionKey.of("p"));
            Bytes after = check(event, state, context);
            state = after == null ? state : type.stateCodec().decode(after.shared());
        }
    }

    /// @return the state after the event, or null if it failed
    private @Nullable Bytes check(Event<S, ?> event, S state, EventContext context) {
        Bytes before = encoded(state);
        Outcome once = outcome(event, state, context);
        require(encoded(state).equals(before), event, "changes the state that it is given");
        require(outcome(event, state, context).equals(once), event, "gives something else when applied again");
        require(
                outcome(copy(event), type.stateCodec().decode(before.shared()), context)
                        .equals(once),
                event,
                "gives something else when event and state were written and read back");
        require(
                outcome(shuffled(event, type.eventCodecs().events()), shuffled(state, type.stateCodec()), context)
                        .equals(once),
                event,
                "depends on the order in which a set or a map is gone through");
        require(elsewhere(event, state, context).equals(once), event, "depends on the locale or the time zone");
        return once.state;
    }

    /// An equal value with its sets and maps in another order; the same value if its bytes depend on the order.
    @SuppressWarnings("unchecked")
    private <T> T shuffled(T value, Codec<T> codec) {
        T copy = (T) Objects.requireNonNull(shuffle.of(value));
        return Arrays.equals(codec.encode(copy), codec.encode(value)) ? copy : value;
    }

    private Outcome elsewhere(Event<S, ?> event, S state, EventContext context) {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(OTHER_LOCALE);
            TimeZone.setDefault(OTHER_ZONE);
            return outcome(event, state, context);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @SuppressWarnings("unchecked")
    private Outcome outcome(Event<S, ?> event, S state, EventContext context) {
        var typed = (Event<S, Object>) event;
        try {
            Applied<S, Object> applied = typed.apply(state, context);
            Bytes output = Bytes.wrap(type.eventCodecs().outputs(typed).encode(applied.output()));
            return new Outcome(encoded(applied.state()), output, null);
        } catch (RuntimeException failure) {
            return new Outcome(null, null, failure.getClass().getName());
        }
    }

    private Bytes encoded(S state) {
        return Bytes.wrap(type.stateCodec().encode(state));
    }

    private Event<S, ?> copy(Event<S, ?> event) {
        return type.eventCodecs().events().decode(type.eventCodecs().events().encode(event));
    }

    private void require(boolean condition, Event<S, ?> event, String fault) {
        if (!condition) {
            throw new AssertionError("apply of " + event + " " + fault + ", so replicas would come to different states"
                    + " (partition type " + type + ", seed " + seed + ")");
        }
    }
}
