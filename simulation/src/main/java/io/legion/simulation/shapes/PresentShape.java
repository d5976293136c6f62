package io.legion.simulation.shapes;

import io.legion.core.Codec;
import io.legion.core.CodecException;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import io.legion.core.WireName;
import io.legion.core.codec.DerivedEventCodecs;
import io.legion.core.codec.RecordCodec;
import io.legion.core.codec.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the present classes make of a version of a partition type.
final class PresentShape {
    private static final String NOTHING = "{}";
    private static final String REFUSED = "refused by its constructor";

    /// The name of an event whose bytes have none: there is no other.
    static final String THE_EVENT = "the event";

    /// What stands in place of a value that is another one each time.
    static final String NOT_PURE = "another one each time";

    private final PartitionType<?> type;
    private final int version;
    private final List<RecordCodec<?>> derived = new ArrayList<>();

    private PresentShape(PartitionType<?> type, int version) {
        this.type = type;
        this.version = version;
    }

    static KeptShape of(PartitionType<?> type, int version) {
        return new PresentShape(type, version).shape();
    }

    private KeptShape shape() {
        String state = format(type.stateCodec());
        String events = format(type.eventCodecs().events());
        SortedMap<String, String> outputs = outputs();
        var formats = new ArrayList<>(outputs.values());
        formats.addAll(List.of(state, events));
        return new KeptShape(
                type.name(),
                version,
                Math.min(version, type.minimumVersion()),
                type.isIndexed(),
                initial(type),
                state,
                events,
                outputs,
                defaults(formats),
                SampleRun.of(type, version, state, events));
    }

    private String format(Codec<?> codec) {
        if (codec instanceof RecordCodec<?> found) {
            derived.add(found);
            return FormatText.of(found.at(version).describe());
        }
        return "";
    }

    private SortedMap<String, String> outputs() {
        var outputs = new TreeMap<String, String>();
        if (type.eventCodecs() instanceof DerivedEventCodecs<?> codecs) {
            for (Class<?> event : codecs.eventClasses()) {
                if (isThere(event)) {
                    outputs.put(
                            codecs.root().isSealed() ? wireName(event) : THE_EVENT, format(codecs.outputsOf(event)));
                }
            }
        }
        return outputs;
    }

    private boolean isThere(Class<?> event) {
        var since = event.getAnnotation(Since.class);
        return since == null || since.value() <= version;
    }

    private static String wireName(Class<?> event) {
        WireName name = event.getAnnotation(WireName.class);
        return name == null ? event.getSimpleName() : name.value();
    }

    private <S> String initial(PartitionType<S> one) {
        return ShownValue.of(one.stateCodec(version), one.initial());
    }

    /// What constructors make of nothing, for each record that this version uses.
    private SortedMap<String, String> defaults(List<String> formats) {
        var used = formats.stream()
                .flatMap(format -> FormatText.typesIn(format).stream())
                .collect(Collectors.toSet());
        var found = new TreeMap<String, TreeSet<String>>();
        for (RecordCodec<?> codec : derived) {
            for (RecordCodec<?> one : codec.records()) {
                String name = Schema.of(one.describe()).root();
                if (used.contains(name)) {
                    found.computeIfAbsent(name, _ -> new TreeSet<>()).add(ofNothing(one));
                }
            }
        }
        var defaults = new TreeMap<String, String>();
        found.forEach((name, values) -> defaults.put(name, String.join(" or ", values)));
        defaults.values().removeIf(NOTHING::equals);
        return defaults;
    }

    /// A constructor that draws a number or reads a clock makes something else each time.
    private String ofNothing(RecordCodec<?> codec) {
        String made = madeOfNothing(codec);
        return made.equals(madeOfNothing(codec)) ? made : NOT_PURE;
    }

    private <T> String madeOfNothing(RecordCodec<T> codec) {
        try {
            return ShownValue.of(codec.at(version), codec.decode(new byte[0]));
        } catch (CodecException refused) {
            return REFUSED;
        }
    }
}
