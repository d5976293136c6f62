package io.legion.core.codec;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values in messages: short, and where two of them differ.
public final class ValueText {
    private static final int LONGEST = 300;

    private ValueText() {}

    /// A value as text, cut if it is long.
    public static String of(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /// The first part in which two values differ, such as `Basket.items[2]: "a" and "b"`.
    public static String difference(String path, @Nullable Object one, @Nullable Object other) {
        if (one instanceof Record left && other instanceof Record right && left.getClass() == right.getClass()) {
            return ofRecords(path, left, right);
        }
        if (one instanceof List<?> left && other instanceof List<?> right && left.size() == right.size()) {
            return ofElements(path, left, right);
        }
        if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
            for (Map.Entry<?, ?> entry : left.entrySet()) {
                if (right.containsKey(entry.getKey()) && !isSame(entry.getValue(), right.get(entry.getKey()))) {
                    return difference(path + "[" + entry.getKey() + "]", entry.getValue(), right.get(entry.getKey()));
                }
            }
        }
        return path + ": " + of(one) + " and " + of(other);
    }

    private static String ofRecords(String path, Record one, Record other) {
        try {
            for (RecordComponent component : one.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                Object left = component.getAccessor().invoke(one);
                Object right = component.getAccessor().invoke(other);
                if (!isSame(left, right)) {
                    return difference(path + "." + component.getName(), left, right);
                }
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException _) {
            // Their package is not open: the whole has to do.
        }
        return path + ": " + of(one) + " and " + of(other);
    }

    private static String ofElements(String path, List<?> one, List<?> other) {
        Iterator<?> others = other.iterator();
        int index = 0;
        for (Object left : one) {
            Object right = others.next();
            if (!isSame(left, right)) {
                return difference(path + "[" + index + "]", left, right);
            }
            index++;
        }
        return path + ": " + of(one) + " and " + of(other);
    }

    /// Sets and maps in another order are not the same.
    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        if (one == null || one instanceof Set<?> || one instanceof Map<?, ?>) {
            return String.valueOf(one).equals(String.valueOf(other));
        }
        return one.equals(other);
    }
}
