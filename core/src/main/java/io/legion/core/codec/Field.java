package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A component of a record as the bytes know it.
///
/// @param name its name in messages
/// @param wireName its name in bytes
/// @param type the Java type of the component
/// @param key see [WireType]
/// @param previous the key of the field before it in the order of the keys, 0 for the first
/// @param shape the shape of its values, of what is inside for an optional
/// @param kind how it is accessed
/// @param isWritten false if the version whose bytes are written does not have it yet
record Field(
        String name, String wireName, Class<?> type, int key, int previous, Shape shape, Kind kind, boolean isWritten) {
    /// Primitives have ways of their own, so that they are never boxed.
    enum Kind {
        INTEGER(long.class),
        BOOLEAN(boolean.class),
        FLOAT(float.class),
        DOUBLE(double.class),
        OBJECT(Object.class),
        OPTIONAL(Object.class);

        private final Class<?> carrier;

        Kind(Class<?> carrier) {
            this.carrier = carrier;
        }

        Class<?> carrier() {
            return carrier;
        }

        static Kind of(Class<?> type, Shape shape) {
            if (!type.isPrimitive()) {
                return shape instanceof OptionalShape ? OPTIONAL : OBJECT;
            }
            return type == boolean.class
                    ? BOOLEAN
                    : type == float.class ? FLOAT : type == double.class ? DOUBLE : INTEGER;
        }
    }

    static Field of(String name, String wireName, Class<?> type, Shape shape, boolean isWritten) {
        Kind kind = Kind.of(type, shape);
        Shape written = shape instanceof OptionalShape(Shape content) ? content : shape;
        return new Field(name, wireName, type, WireType.key(wireName, written.wireType()), 0, written, kind, isWritten);
    }

    Field after(int previousKey) {
        return new Field(name, wireName, type, key, previousKey, shape, kind, isWritten);
    }

    /// Writes the parts of the component's value that are not the same object in `before`, see
    /// [Shape#writeGrowth].
    @SuppressWarnings("ReferenceEquality") // see Shape
    void writeGrowth(@Nullable Object before, @Nullable Object after, WireOutput out) {
        if (!isWritten) {
            return;
        }
        boolean same = type.isPrimitive() ? Objects.equals(before, after) : before == after;
        if (same) {
            return;
        }
        try {
            Object content = content(after);
            if (content != null) {
                out.fixed32(key);
                writeGrowthOf(content(before), content, out);
            }
        } catch (CodecException e) {
            throw e.within(name);
        }
    }

    private void writeGrowthOf(@Nullable Object before, Object after, WireOutput out) {
        if (before == null) {
            shape.write(after, out);
        } else {
            shape.writeGrowth(before, after, out);
        }
    }

    /// The part of a value that is written; null if the value is left out.
    private @Nullable Object content(@Nullable Object value) {
        if (kind == Kind.OPTIONAL) {
            return ((Optional<?>) Shape.present(value, "Optional: use Optional.empty()")).orElse(null);
        }
        return !type.isPrimitive() && shape.isZero(value) ? null : value;
    }

    /// The least value of an integer type.
    long min() {
        return type == byte.class
                ? Byte.MIN_VALUE
                : type == short.class
                        ? Short.MIN_VALUE
                        : type == char.class
                                ? Character.MIN_VALUE
                                : type == int.class ? Integer.MIN_VALUE : Long.MIN_VALUE;
    }

    /// The greatest value of an integer type.
    long max() {
        return type == byte.class
                ? Byte.MAX_VALUE
                : type == short.class
                        ? Short.MAX_VALUE
                        : type == char.class
                                ? Character.MAX_VALUE
                                : type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    /// How the type reads in a description.
    String typeName() {
        return kind == Kind.OPTIONAL
                ? "optional<" + shape.name() + ">"
                : type.isPrimitive() || shape.zero() != null ? shape.name() : shape.name() + "?";
    }
}
