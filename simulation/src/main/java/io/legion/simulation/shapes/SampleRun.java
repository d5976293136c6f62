package io.legion.simulation.shapes;

import io.legion.core.Applied;
import io.legion.core.CodecException;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.codec.DescribedSample;
import io.legion.core.codec.ValueJson;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What a sample of each event makes of a sample of the state in one version, and its tags: enough to see that some
/// change of the logic has no version, not that none has.
///
/// @param <S> the state
final class SampleRun<S> {
    /// How the names of what is read and of tags begin.
    static final String READING = "reading ";

    static final String TAGS = "tags of ";
    static final String NO_TAGS = "[]";
    private static final String FAILS = "fails";
    private static final int MOST = 200;

    private final PartitionType<S> type;
    private final int version;
    private final EventContext context;
    private final SortedMap<String, String> found = new TreeMap<>();

    private SampleRun(PartitionType<S> type, int version) {
        this.type = type;
        this.version = version;
        this.context = new EventContext(
                new EventId(1L << 40, new ParticipantId(new NodeId(1), 1)), PartitionKey.of("sample"), version);
    }

    /// @param states the format of the states in that version, empty if it is not known; likewise of the events
    static <S> SortedMap<String, String> of(PartitionType<S> type, int version, String states, String events) {
        if (states.isEmpty() || events.isEmpty()) {
            return new TreeMap<>();
        }
        var once = new SampleRun<>(type, version).run(states, events);
        var again = new SampleRun<>(type, version).run(states, events);
        once.replaceAll((what, result) -> result.equals(again.get(what)) ? result : PresentShape.NOT_PURE);
        return once;
    }

    private SortedMap<String, String> run(String states, String events) {
        try {
            var samples = DescribedSample.of(events);
            DescribedSample.of(states)
                    .forEach((name, bytes) -> state(name.isEmpty() ? "the state" : name, bytes, samples));
        } catch (CodecException _) {
            // The formats do not tell enough for samples.
        }
        return found;
    }

    private void state(String name, byte[] bytes, SortedMap<String, byte[]> events) {
        put(READING + name, () -> shown(type.stateCodec().decode(bytes)));
        if (found.getOrDefault(READING + name, FAILS).equals(FAILS)) {
            return;
        }
        if (type.isIndexed()) {
            put(TAGS + name, () -> tags(type.stateCodec().decode(bytes)));
        }
        events.forEach((event, written) -> put(
                (event.isEmpty() ? PresentShape.THE_EVENT : event) + " on " + name,
                () -> applied(
                        type.eventCodecs().events().decode(written),
                        type.stateCodec().decode(bytes))));
    }

    /// A name may contain what ends it in the file.
    private void put(String what, Supplier<String> result) {
        if (found.size() < MOST) {
            found.put(what.replace(": ", ":"), orFails(result));
        }
    }

    /// Why it fails is no business of the other replicas.
    private static String orFails(Supplier<String> result) {
        try {
            return result.get();
        } catch (RuntimeException | StackOverflowError _) {
            return FAILS;
        }
    }

    private String shown(S state) {
        return ShownValue.of(type.stateCodec(version), state);
    }

    private String tags(S state) {
        return ValueJson.of(
                        type.tags(state, version).stream().map(Object::toString).toList(), Integer.MAX_VALUE)
                .text();
    }

    private <O> String applied(Event<S, O> event, S state) {
        Applied<S, O> applied = event.apply(state, context);
        return "state " + shown(applied.state()) + ", output "
                + ShownValue.of(type.eventCodecs().outputs(event).at(version), applied.output());
    }
}
