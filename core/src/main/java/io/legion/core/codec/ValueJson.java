package io.legion.core.codec;

import io.legion.core.Bytes;
import io.legion.core.WireName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of a service as JSON, for people who look at it. [RecordCodec#fromJson] reads back what is not shortened.
///
/// | value | JSON |
/// | --- | --- |
/// | a record | an object of its components |
/// | a record that is a case of a sealed interface | an object with one member, named as the case: that object |
/// | a list, a set | an array |
/// | a map | an object; an array of `{"key", "value"}` if a key is not a scalar |
/// | an empty optional, null | `null`; other optionals are what they hold |
/// | an enum, bytes | a text: its name, `0x` and hexadecimal digits |
/// | a number, a boolean | itself; a number that is none, as `"NaN"`, is a text |
/// | anything else: texts, times, ids | its text |
public final class ValueJson {
    /// Deeper values are left out; a derived codec writes none.
    private static final int DEEPEST = 100;

    private static final String LEFT_OUT = "…";

    private final StringBuilder text = new StringBuilder();
    private final int most;
    private boolean shortened;

    private ValueJson(int most) {
        this.most = most;
    }

    /// JSON.
    ///
    /// @param shortened true if some of the value is left out: there, the text or the name of a member begins
    ///     with `…`
    public record Written(String text, boolean shortened) {}

    /// The value, and no more than about `most` characters of it.
    public static Written of(Object value, int most) {
        var json = new ValueJson(most);
        json.value(value, 0);
        return json.written();
    }

    /// As [#of], with the name of its class as if it were a case.
    public static Written named(Object value, int most) {
        var json = new ValueJson(most);
        if (value instanceof Record found && !isCase(found.getClass())) {
            json.named(found, 0);
        } else {
            json.value(value, 0);
        }
        return json.written();
    }

    private Written written() {
        return new Written(text.toString(), shortened);
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            leftOut("");
            return;
        }
        switch (value) {
            case null -> text.append("null");
            case Optional<?> optional -> value(optional.orElse(null), depth);
            case Boolean flag -> text.append(flag.booleanValue());
            case Double number when !Double.isFinite(number) -> string(number.toString());
            case Float number when !Float.isFinite(number) -> string(number.toString());
            case Number number when Scalars.of(number.getClass()) != null -> text.append(number);
            case Bytes bytes -> bytes(bytes.shared());
            case byte[] bytes -> bytes(bytes);
            case Enum<?> constant -> string(constant.name());
            case Map<?, ?> map -> map(map, depth);
            case Collection<?> items -> items(items, depth);
            case Record found when isCase(found.getClass()) -> named(found, depth);
            case Record found -> components(found, depth);
            default -> string(value.toString());
        }
    }

    /// True if a value of this class is one of several that a sealed interface lists.
    private static boolean isCase(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(parent -> parent.isSealed() || isCase(parent));
    }

    private void named(Record found, int depth) {
        WireName name = found.getClass().getAnnotation(WireName.class);
        text.append('{');
        member(name == null ? found.getClass().getSimpleName() : name.value());
        components(found, depth + 1);
        text.append('}');
    }

    private void components(Record found, int depth) {
        RecordComponent[] components = found.getClass().getRecordComponents();
        if (!Arrays.stream(components)
                .allMatch(component -> component.getAccessor().trySetAccessible())) {
            string(found.toString());
            return;
        }
        text.append('{');
        for (int i = 0; i < components.length; i++) {
            separate(i);
            if (isFull()) {
                member(LEFT_OUT);
                leftOut(more(components.length - i));
                break;
            }
            member(components[i].getName());
            value(valueOf(components[i], found), depth + 1);
        }
        text.append('}');
    }

    /// An accessor may be the user's own, and throw.
    private static @Nullable Object valueOf(RecordComponent component, Record found) {
        try {
            return component.getAccessor().invoke(found);
        } catch (InvocationTargetException failure) {
            return "cannot be read: " + failure.getCause();
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException("no access to " + component, closed);
        }
    }

    private void items(Collection<?> items, int depth) {
        text.append('[');
        int written = 0;
        for (Object item : items) {
            separate(written);
            if (isFull()) {
                leftOut(more(items.size() - written));
                break;
            }
            value(item, depth + 1);
            written++;
        }
        text.append(']');
    }

    private void map(Map<?, ?> map, int depth) {
        boolean named = map.keySet().stream().allMatch(ValueJson::isScalar);
        text.append(named ? '{' : '[');
        int written = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            separate(written);
            if (isFull()) {
                if (named) {
                    member(LEFT_OUT);
                }
                leftOut(more(map.size() - written));
                break;
            }
            if (named) {
                member(nameOf(entry.getKey()));
                value(entry.getValue(), depth + 1);
            } else {
                pair(entry, depth + 1);
            }
            written++;
        }
        text.append(named ? '}' : ']');
    }

    private void pair(Map.Entry<?, ?> entry, int depth) {
        text.append('{');
        member("key");
        value(entry.getKey(), depth + 1);
        separate(1);
        member("value");
        value(entry.getValue(), depth + 1);
        text.append('}');
    }

    private static boolean isScalar(@Nullable Object value) {
        return value != null && (value instanceof Enum<?> || Scalars.of(value.getClass()) != null);
    }

    private static String nameOf(Object key) {
        return switch (key) {
            case Enum<?> constant -> constant.name();
            case byte[] bytes -> hexadecimal(bytes);
            case Bytes bytes -> hexadecimal(bytes.shared());
            default -> key.toString();
        };
    }

    private void bytes(byte[] bytes) {
        int room = Math.max(0, most - text.length()) / 2;
        string(hexadecimal(bytes.length > room ? Arrays.copyOf(bytes, room) : bytes)
                + (bytes.length > room ? LEFT_OUT : ""));
        shortened |= bytes.length > room;
    }

    private static String hexadecimal(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    private boolean isFull() {
        return text.length() >= most;
    }

    private static String more(int count) {
        return " " + count + " more";
    }

    private void leftOut(String what) {
        shortened = true;
        text.append('"').append(LEFT_OUT).append(what).append('"');
    }

    private void separate(int before) {
        if (before > 0) {
            text.append(',');
        }
    }

    private void member(String name) {
        string(name);
        text.append(':');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            if (isFull()) {
                shortened = true;
                text.append(LEFT_OUT);
                break;
            }
            character(value.charAt(i));
        }
        text.append('"');
    }

    /// Half of a pair alone is no UTF-8, so every half is escaped.
    private void character(char unit) {
        if (unit == '"' || unit == '\\') {
            text.append('\\').append(unit);
        } else if (unit < ' ' || Character.isSurrogate(unit)) {
            text.append("\\u").append(HexFormat.of().toHexDigits(unit));
        } else {
            text.append(unit);
        }
    }
}
