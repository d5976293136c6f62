package io.legion.core.codec;

import io.legion.core.CodecException;
import io.legion.core.codec.SealedShape.Alternative;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The value that JSON describes, as [ValueJson] writes it.
///
/// A component that an object lacks is zero, as in bytes; a member that is no component is refused.
///
/// The JSON comes as a tree: a map, a list, a text, a [JsonNumber], a boolean or null.
final class ValueOfJson {
    private ValueOfJson() {}

    /// @throws CodecException if the JSON describes no value of this shape
    static Object read(Shape shape, @Nullable Object json) {
        return switch (shape) {
            case Scalar scalar -> ScalarOfJson.read(scalar, json);
            case EnumShape constants -> constant(constants, json);
            case OptionalShape(Shape content) -> json == null ? Optional.empty() : Optional.of(read(content, json));
            case ListShape(Shape element) -> List.copyOf(elements(element, json, new ArrayList<>()));
            case SetShape(Shape element, boolean sorted) -> set(element, sorted, json);
            case MapShape map -> map(map, json);
            case RecordShape one -> record(one, json);
            case SealedShape cases -> alternative(cases, json);
            case DeferredShape inside -> read(inside.target(), json);
        };
    }

    private static Object constant(EnumShape constants, @Nullable Object json) {
        String text = text(json, "the name of a constant");
        for (Object constant : constants.constants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new CodecException("no constant of " + constants.name() + ": '" + text + "'");
    }

    private static <C extends Collection<Object>> C elements(Shape element, @Nullable Object json, C into) {
        if (!(json instanceof List<?> items)) {
            throw unexpected("an array", json);
        }
        for (int i = 0; i < items.size(); i++) {
            try {
                into.add(read(element, items.get(i)));
            } catch (CodecException e) {
                throw e.within("[" + i + "]");
            }
        }
        return into;
    }

    private static Set<Object> set(Shape element, boolean sorted, @Nullable Object json) {
        Set<Object> set = elements(element, json, sorted ? new TreeSet<>() : new LinkedHashSet<>());
        if (set.size() != ((List<?>) Objects.requireNonNull(json)).size()) {
            throw new CodecException("a set with an element twice");
        }
        return set;
    }

    private static Map<Object, Object> map(MapShape shape, @Nullable Object json) {
        Map<Object, Object> map = shape.sorted() ? new TreeMap<>() : new LinkedHashMap<>();
        switch (json) {
            case Map<?, ?> members ->
                members.forEach((name, value) -> put(shape, key(shape.key(), (String) name), value, map));
            case List<?> pairs -> pairs.forEach(pair -> putPair(shape, pair, map));
            case null, default -> throw unexpected("an object, or an array of keys and values", json);
        }
        return map;
    }

    /// A number or a boolean that is a key is the name of a member, so a text.
    private static Object key(Shape key, String name) {
        return key instanceof Scalar scalar ? ScalarOfJson.readText(scalar, name) : read(key, name);
    }

    private static void putPair(MapShape shape, @Nullable Object json, Map<Object, Object> map) {
        if (!(json instanceof Map<?, ?> pair)
                || pair.size() != 2
                || !pair.containsKey("key")
                || !pair.containsKey("value")) {
            throw unexpected("an object of a key and a value", json);
        }
        put(shape, read(shape.key(), pair.get("key")), pair.get("value"), map);
    }

    private static void put(MapShape shape, Object key, @Nullable Object json, Map<Object, Object> map) {
        try {
            if (map.put(key, read(shape.value(), json)) != null) {
                throw new CodecException("a map with a key twice");
            }
        } catch (CodecException e) {
            throw e.within("[" + key + "]");
        }
    }

    private static Object record(RecordShape shape, @Nullable Object json) {
        Map<?, ?> members = members(json);
        if (isNamed(shape, members)) {
            return record(shape, members.values().iterator().next());
        }
        requireComponents(shape, members);
        @Nullable Object[] values = new Object[shape.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = component(shape.fields().get(i), members);
        }
        return constructed(shape, values);
    }

    /// Written under its name, since it is a case of a sealed interface too.
    private static boolean isNamed(RecordShape shape, Map<?, ?> members) {
        return members.size() == 1
                && members.containsKey(shape.name())
                && shape.fields().stream().noneMatch(field -> field.name().equals(shape.name()));
    }

    private static void requireComponents(RecordShape shape, Map<?, ?> members) {
        for (Object name : members.keySet()) {
            if (shape.fields().stream().noneMatch(field -> field.name().equals(name))) {
                var known = shape.fields().stream().map(Field::name).sorted().toList();
                throw new CodecException(shape.name() + " has no component '" + name + "'; it has " + known);
            }
        }
    }

    private static @Nullable Object component(Field field, Map<?, ?> members) {
        Object json = members.get(field.name());
        try {
            if (field.kind() == Field.Kind.OPTIONAL) {
                return json == null ? Optional.empty() : Optional.of(read(field.shape(), json));
            }
            if (json == null) {
                return absent(field, members);
            }
            return read(field.shape(), json);
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    private static @Nullable Object absent(Field field, Map<?, ?> members) {
        if (!field.type().isPrimitive()) {
            return field.shape().zero();
        }
        if (members.containsKey(field.name())) {
            throw unexpected(field.shape().name(), null);
        }
        return Array.get(Array.newInstance(field.type(), 1), 0);
    }

    private static Object constructed(RecordShape shape, @Nullable Object[] values) {
        try {
            return shape.owner().constructor().apply(values);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CodecException("the constructor of " + shape.name() + " refused it: " + e.getMessage(), e);
        }
    }

    private static Object alternative(SealedShape shape, @Nullable Object json) {
        Map<?, ?> members = members(json);
        if (members.size() == 1) {
            var member = members.entrySet().iterator().next();
            for (Alternative each : shape.shapes()) {
                if (each.wireName().equals(member.getKey())) {
                    return read(each.shape(), member.getValue());
                }
            }
        }
        var known = shape.shapes().stream().map(Alternative::wireName).sorted().toList();
        throw new CodecException("no case of " + shape.name() + ": that is an object with one member, named "
                + String.join(" or ", known) + ", and not " + members.keySet());
    }

    private static Map<?, ?> members(@Nullable Object json) {
        if (json instanceof Map<?, ?> members) {
            return members;
        }
        throw unexpected("an object", json);
    }

    static String text(@Nullable Object json, String wanted) {
        if (json instanceof String text) {
            return text;
        }
        throw unexpected(wanted, json);
    }

    static CodecException unexpected(String wanted, @Nullable Object json) {
        String found = switch (json) {
            case null -> "null";
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "an array";
            case String _ -> "a text";
            case JsonNumber _ -> "a number";
            case Boolean flag -> flag.toString();
            default -> json.getClass().getSimpleName();
        };
        return new CodecException(found + ", where " + wanted + " is wanted");
    }
}
