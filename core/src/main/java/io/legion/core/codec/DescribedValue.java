package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a value by the description of its codec alone, without the classes, for people who look at it: records are
/// maps,
/// [ValueJson] shows the rest as it shows the value itself.
///
/// Components have the order of their names, since the text does not tell another; those that are zero are left out.
public final class DescribedValue {
    private final Schema schema;
    private final WireInput in;

    private DescribedValue(Schema schema, WireInput in) {
        this.schema = schema;
        this.in = in;
    }

    /// The value.
    ///
    /// @param description as [RecordCodec#describe] gave it
    /// @throws CodecException if the bytes are none of that format, or the text does not tell enough
    public static Object read(String description, byte[] bytes) {
        var schema = Schema.of(description);
        var in = new WireInput(bytes);
        var reading = new DescribedValue(schema, in);
        Object value = schema.isBody(schema.root()) ? reading.body(schema.root()) : reading.value(schema.root());
        in.requireEnd();
        return value;
    }

    private Object value(String type) {
        if (schema.isBody(type)) {
            return within(() -> body(type));
        }
        if (schema.knows(type)) {
            return constant(type);
        }
        int open = type.indexOf('<');
        return open < 0 ? Schema.scalar(type).read(in) : within(() -> collection(type.substring(0, open), type));
    }

    private <T> T within(Supplier<T> read) {
        int outer = in.open();
        T value = read.get();
        in.close(outer);
        return value;
    }

    private Object body(String type) {
        var definition = schema.definition(type);
        if (definition.ambiguous()) {
            throw new CodecException(
                    "several types of the program are named " + type + ", and the format does not tell which is meant");
        }
        return definition.isSealed() ? alternative(definition) : record(definition);
    }

    private Object alternative(Schema.Definition definition) {
        int hash = in.fixed32();
        for (Map.Entry<String, String> part : definition.parts().entrySet()) {
            if (WireType.hash32(part.getKey()) == hash) {
                return Map.of(part.getKey(), body(part.getValue()));
            }
        }
        throw new CodecException("an alternative that the format does not have");
    }

    /// Fields come in the order of their keys, and unknown ones are none of the format.
    private Object record(Schema.Definition definition) {
        var found = new LinkedHashMap<String, Object>();
        while (in.remaining() > 0) {
            int key = in.fixed32();
            Map.Entry<String, String> field = field(definition, key);
            found.put(field.getKey(), value(field.getValue()));
        }
        var ordered = new LinkedHashMap<String, Object>();
        definition.parts().keySet().stream()
                .filter(found::containsKey)
                .forEach(name -> ordered.put(name, found.get(name)));
        return ordered;
    }

    private Map.Entry<String, String> field(Schema.Definition definition, int key) {
        for (Map.Entry<String, String> part : definition.parts().entrySet()) {
            if (schema.key(part) == key) {
                return part;
            }
        }
        throw new CodecException("a field that the format does not have");
    }

    private Object constant(String type) {
        int hash = in.fixed32();
        for (String name : schema.definition(type).parts().keySet()) {
            if (WireType.hash32(name) == hash) {
                return name;
            }
        }
        throw new CodecException("a constant that the format does not have");
    }

    private Object collection(String kind, String type) {
        List<String> arguments = Schema.arguments(type);
        return switch (kind) {
            case "optional" -> in.remaining() == 0 ? Optional.empty() : Optional.of(value(arguments.getFirst()));
            case "list", "set", "sorted set" -> items(arguments.getFirst());
            case "map", "sorted map" -> entries(arguments.getFirst(), arguments.getLast());
            default -> throw new CodecException("the format does not say what a " + kind + " is");
        };
    }

    private List<@Nullable Object> items(String type) {
        var items = new ArrayList<@Nullable Object>();
        for (int left = in.count(1); left > 0; left--) {
            items.add(value(type));
        }
        return items;
    }

    private Map<Object, Object> entries(String key, String value) {
        var entries = new LinkedHashMap<Object, Object>();
        for (int left = in.count(2); left > 0; left--) {
            Object name = value(key);
            entries.put(name, value(value));
        }
        return entries;
    }
}
