package io.legion.simulation.purity;

import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.codec.ValueText;
import io.legion.core.primitive.HybridTime;
import io.legion.simulation.Randomness;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Applies events one after the other, each several times under different circumstances, and compares the
/// resulting bytes.
public final class PurityCheck<S> {
    private final PartitionType<S> type;
    private final Function<Randomness, ? extends Event<S, ?>> events;
    private final MeantFailures meant;
    private final @Nullable OtherJvm other;
    private final long seed;
    private final ShuffledCopy shuffle;
    private final IndexCheck<S> index;

    /// @param other a second virtual machine, or null
    public PurityCheck(
            PartitionType<S> type,
            Function<Randomness, ? extends Event<S, ?>> events,
            MeantFailures meant,
            @Nullable OtherJvm other,
            long seed) {
        this.type = type;
        this.events = events;
        this.meant = meant;
        this.other = other;
        this.seed = seed;
        this.shuffle = new ShuffledCopy(new Randomness(seed).named("orders"));
        this.index = new IndexCheck<>(type, seed);
    }

    public void check(int count) {
        var random = new Randomness(seed).named("purity");
        var origin = new ParticipantId(new NodeId(random.next()), 0);
        S state = type.initial();
        for (int number = 0; number < count; number++) {
            Event<S, ?> event = events.apply(random);
            long millis = 1_767_225_600_000L + number * 1_000L;
            var id = new EventId(HybridTime.of(millis), origin);
            var context = new EventContext(id, PartitionKey.of("p"), type.version());
            Bytes after = check(event, state, context);
            if (after != null) {
                state = decoded(after);
                index.check(state, decoded(after), shuffled(state, type.stateCodec()));
            }
        }
    }

    private S decoded(Bytes state) {
        return type.stateCodec().decode(state.shared());
    }

    /// @return the state after the event, or null if it failed
    private @Nullable Bytes check(Event<S, ?> event, S state, EventContext context) {
        byte[] bytes = type.eventCodecs().events().encode(event);
        Bytes before = encoded(state);
        Tried tried = Tried.of(type.stateCodec(), type.eventCodecs(), event, state, context);
        String complaint = meant.complaint(event, state, tried.failure());
        if (complaint != null) {
            throw new AssertionError(complaint + whereabouts(), tried.failure());
        }
        var here = new Comparison(event, before, tried.outcome());
        if (!encoded(state).equals(before)) {
            throw here.fault("changes the state that it is given");
        }
        here.require(outcome(event, state, context), "gives something else when applied again");
        here.require(
                outcome(copy(event), decoded(before), context),
                "gives something else when event and state were written and read back");
        here.require(
                outcome(shuffled(event, type.eventCodecs().events()), shuffled(state, type.stateCodec()), context),
                "depends on the order in which a set or a map is gone through");
        here.require(Elsewhere.get(() -> outcome(event, state, context)), "depends on the locale or the time zone");
        if (other != null) {
            here.require(
                    other.outcome(bytes, before.shared(), context),
                    "gives something else in another Java virtual machine: does it depend on the order of a Set.of,"
                            + " Map.of or HashMap that it makes, on the process, on properties or on the machine? It");
        }
        return tried.outcome().state();
    }

    /// An event with what it came to the first time.
    private final class Comparison {
        private final Event<S, ?> event;
        private final Bytes before;
        private final Tried.Outcome once;

        Comparison(Event<S, ?> event, Bytes before, Tried.Outcome once) {
            this.event = event;
            this.before = before;
            this.once = once;
        }

        void require(Tried.Outcome again, String fault) {
            if (!again.equals(once)) {
                throw fault(fault + " came to " + difference(again));
            }
        }

        AssertionError fault(String fault) {
            return new AssertionError("apply of " + ValueText.of(event) + " " + fault
                    + ", so replicas would come to different states. The state before was "
                    + ValueText.of(decoded(before)) + whereabouts());
        }

        /// The first part in which two outcomes differ.
        private String difference(Tried.Outcome again) {
            if (once.failure() != null || again.failure() != null) {
                return end(once) + " and " + end(again);
            }
            return Objects.equals(once.state(), again.state())
                    ? ValueText.difference("the output", output(once), output(again))
                    : ValueText.difference("the state", state(once), state(again));
        }

        private String end(Tried.Outcome outcome) {
            return outcome.failure() == null ? "a result" : outcome.failure();
        }

        private Object state(Tried.Outcome outcome) {
            return decoded(Objects.requireNonNull(outcome.state()));
        }

        @SuppressWarnings("unchecked")
        private Object output(Tried.Outcome outcome) {
            return type.eventCodecs()
                    .outputs((Event<S, Object>) event)
                    .decode(Objects.requireNonNull(outcome.output()).shared());
        }
    }

    private String whereabouts() {
        return " (partition type " + type + ", seed " + seed + ")";
    }

    /// An equal value with its sets and maps in another order; the same value if its bytes depend on the order.
    @SuppressWarnings("unchecked")
    private <T> T shuffled(T value, Codec<T> codec) {
        T copy = (T) Objects.requireNonNull(shuffle.of(value));
        return Arrays.equals(codec.encode(copy), codec.encode(value)) ? copy : value;
    }

    private Tried.Outcome outcome(Event<S, ?> event, S state, EventContext context) {
        return Tried.of(type.stateCodec(), type.eventCodecs(), event, state, context)
                .outcome();
    }

    private Bytes encoded(S state) {
        return Bytes.wrap(type.stateCodec().encode(state));
    }

    private Event<S, ?> copy(Event<S, ?> event) {
        return type.eventCodecs().events().decode(type.eventCodecs().events().encode(event));
    }
}
