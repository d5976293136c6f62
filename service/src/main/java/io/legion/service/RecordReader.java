package io.legion.service;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes records of [YamlNode]s, by the rules of [Configuration].
final class RecordReader {

    private final String document;

    RecordReader(String document) {
        this.document = document;
    }

    /// Reads a record from the group of keys at `path`, which is empty for the whole document.
    Object record(YamlNode.Mapping mapping, Class<?> type, String path) {
        refuseUnknownKeys(mapping, type, path);
        var components = type.getRecordComponents();
        var values = new ArrayList<@Nullable Object>();
        for (var component : components) {
            values.add(component(mapping, component, path));
        }
        try {
            return made(type, values);
        } catch (InvocationTargetException refused) {
            var reason = Objects.requireNonNull(refused.getCause());
            throw refuse(mapping.line(), inPath(path) + reason.getMessage(), reason);
        }
    }

    /// @throws InvocationTargetException if the record's constructor refuses the values: its cause is the
    ///     [IllegalArgumentException]
    private static Object made(Class<?> type, List<@Nullable Object> values) throws InvocationTargetException {
        try {
            return constructor(type).newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException) {
                throw refused;
            }
            throw new IllegalArgumentException("The constructor of " + type + " failed.", refused.getCause());
        } catch (ReflectiveOperationException unreachable) {
            throw new IllegalArgumentException(type + " cannot be made from outside.", unreachable);
        }
    }

    /// A record with these values for some components, and the defaults for the others.
    Object defaults(Class<?> type, Map<String, ? extends @Nullable Object> given) {
        var names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        if (!names.containsAll(given.keySet())) {
            throw new IllegalArgumentException(type + " has the components " + names + ", not " + given.keySet());
        }
        try {
            var values = new ArrayList<@Nullable Object>();
            for (var component : type.getRecordComponents()) {
                var name = component.getName();
                values.add(given.containsKey(name) ? given.get(name) : missing(empty(1), component, name));
            }
            return made(type, values);
        } catch (InvocationTargetException refused) {
            throw (IllegalArgumentException) Objects.requireNonNull(refused.getCause());
        } catch (ConfigurationException required) {
            throw new IllegalArgumentException(type + " is not complete: " + required.getMessage(), required);
        }
    }

    /// The record with another value for one component.
    Object with(Record record, String name, Object value) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var component : record.getClass().getRecordComponents()) {
            values.put(component.getName(), valueIn(record, component));
        }
        values.put(name, value);
        return defaults(record.getClass(), values);
    }

    private static @Nullable Object valueIn(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException unreachable) {
            throw new IllegalArgumentException(record.getClass() + " cannot be read from outside.", unreachable);
        }
    }

    private void refuseUnknownKeys(YamlNode.Mapping mapping, Class<?> type, String path) {
        var known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (var key : mapping.values().keySet()) {
            if (!known.contains(key)) {
                throw refuse(mapping.lineOf(key), unknown(key, path, known), null);
            }
        }
    }

    private static String unknown(String key, String path, List<String> known) {
        var nearest = NearestName.among(known, key)
                .map(name -> " Did you mean \"" + name + "\"?")
                .orElse("");
        var choice =
                known.isEmpty() ? "There are no keys here." : "The keys here are " + String.join(", ", known) + ".";
        return inPath(path) + "there is no key \"" + key + "\"." + nearest + " " + choice;
    }

    private @Nullable Object component(YamlNode.Mapping mapping, RecordComponent component, String path) {
        var key = component.getName();
        var keyPath = path.isEmpty() ? key : path + "." + key;
        var node = mapping.values().get(key);
        if (node == null || (node instanceof YamlNode.Scalar scalar && scalar.isNull())) {
            return missing(mapping, component, keyPath);
        }
        return value(node, component.getAnnotatedType(), keyPath);
    }

    private @Nullable Object missing(YamlNode.Mapping mapping, RecordComponent component, String path) {
        var defaultValue = component.getAnnotation(Default.class);
        if (defaultValue != null) {
            return value(
                    new YamlNode.Scalar(mapping.line(), defaultValue.value(), false),
                    component.getAnnotatedType(),
                    path);
        }
        if (isNullable(component.getAnnotatedType())) {
            return null;
        }
        if (component.getType().isRecord() && requiresNothing(component.getType())) {
            return record(empty(mapping.line()), component.getType(), path);
        }
        throw refuse(mapping.line(), "the key \"" + path + "\" is missing, and it has no default.", null);
    }

    private static boolean requiresNothing(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .allMatch(component -> component.isAnnotationPresent(Default.class)
                        || isNullable(component.getAnnotatedType())
                        || (component.getType().isRecord() && requiresNothing(component.getType())));
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private Object value(YamlNode node, AnnotatedType annotated, String path) {
        return value(node, annotated.getType(), path);
    }

    private Object value(YamlNode node, Type type, String path) {
        return switch (type) {
            case Class<?> simple when ScalarReader.reads(simple) -> scalar(node, simple, path);
            case Class<?> group when group.isRecord() -> group(node, group, path);
            case Class<?> choice when choice.isSealed() -> choice(node, choice, path);
            case ParameterizedType list when list.getRawType() == List.class -> list(node, argument(list, 0), path);
            case ParameterizedType map
            when map.getRawType() == Map.class && argument(map, 0) == String.class -> map(node, argument(map, 1), path);
            default ->
                throw new IllegalArgumentException(
                        "The type " + type.getTypeName() + " of " + path + " cannot be read from a file.");
        };
    }

    private Object scalar(YamlNode node, Class<?> type, String path) {
        var text = node instanceof YamlNode.Scalar scalar && !scalar.isNull() ? scalar.text() : null;
        try {
            if (text != null) {
                return ScalarReader.read(type, text);
            }
        } catch (IllegalArgumentException reason) {
            throw refuse(node.line(), inPath(path) + reason.getMessage() + ", but is " + node.describe() + ".", reason);
        }
        throw refuse(node.line(), inPath(path) + "must be a single value, but is " + node.describe() + ".", null);
    }

    private Object group(YamlNode node, Class<?> type, String path) {
        if (node instanceof YamlNode.Mapping mapping) {
            return record(mapping, type, path);
        }
        throw refuse(node.line(), inPath(path) + "must be a group of keys, but is " + node.describe() + ".", null);
    }

    private Object choice(YamlNode node, Class<?> type, String path) {
        var choices = new LinkedHashMap<String, Class<?>>();
        for (var subtype : type.getPermittedSubclasses()) {
            choices.put(keyOf(subtype), subtype);
        }
        return switch (node) {
            case YamlNode.Mapping(int line, var values, var _)
            when values.size() == 1 -> {
                var key = values.keySet().iterator().next();
                var chosen = chosen(choices, key, line, path);
                yield value(emptyIfNull(values.getOrDefault(key, node)), chosen, path + "." + key);
            }
            case YamlNode.Scalar scalar
            when !scalar.isNull() -> {
                var chosen = chosen(choices, scalar.text(), scalar.line(), path);
                yield value(empty(scalar.line()), chosen, path + "." + scalar.text());
            }
            default ->
                throw refuse(
                        node.line(),
                        inPath(path) + "must be one of " + String.join(", ", choices.keySet()) + ", but is "
                                + node.describe() + ".",
                        null);
        };
    }

    private Class<?> chosen(Map<String, Class<?>> choices, String key, int line, String path) {
        var chosen = choices.get(key);
        if (chosen == null) {
            throw refuse(line, unknown(key, path, List.copyOf(choices.keySet())), null);
        }
        return chosen;
    }

    private static YamlNode emptyIfNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull() ? empty(scalar.line()) : node;
    }

    private static YamlNode.Mapping empty(int line) {
        return new YamlNode.Mapping(line, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /// `RocksDb` is `rocksdb` in a file.
    private static String keyOf(Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private Object list(YamlNode node, Type element, String path) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw refuse(node.line(), inPath(path) + "must be a list, but is " + node.describe() + ".", null);
        }
        var values = new ArrayList<Object>();
        for (var item : sequence.values()) {
            values.add(value(item, element, path + "[" + values.size() + "]"));
        }
        return Collections.unmodifiableList(values);
    }

    private Object map(YamlNode node, Type element, String path) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw refuse(node.line(), inPath(path) + "must be a group of keys, but is " + node.describe() + ".", null);
        }
        var values = new LinkedHashMap<String, Object>();
        mapping.values().forEach((key, item) -> values.put(key, value(item, element, path + "." + key)));
        return Collections.unmodifiableMap(values);
    }

    private static Type argument(ParameterizedType type, int index) {
        return type.getActualTypeArguments()[index];
    }

    private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var constructor = type.getDeclaredConstructor(types);
        if (!constructor.trySetAccessible()) {
            throw new IllegalArgumentException("The package of " + type.getName()
                    + " must be open to the module io.legion.service, or the record public and exported.");
        }
        return constructor;
    }

    private static String inPath(String path) {
        return path.isEmpty() ? "" : "\"" + path + "\": ";
    }

    private ConfigurationException refuse(int line, String what, @Nullable Throwable cause) {
        var message = document + ":" + line + ": " + what;
        return cause == null ? new ConfigurationException(message) : new ConfigurationException(message, cause);
    }
}
