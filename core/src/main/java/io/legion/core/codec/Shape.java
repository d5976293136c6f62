package io.legion.core.codec;

import io.legion.core.CodecException;
import org.jspecify.annotations.Nullable;

/// Writes and reads the values of one type. Shapes are records as far as possible, because the JIT takes the
/// components of a record for constants and so compiles the codec of a type into straight code.
sealed interface Shape permits Scalar, EnumShape, OptionalShape, ListShape, SetShape, MapShape, Shape.Body {

    /// How the name of the type reads in messages and descriptions.
    String name();

    int wireType();

    /// Writes a value so that a reader finds its end.
    void write(Object value, WireOutput out);

    /// Writes the parts of `after` that are not the same object in `before`: at least as many bytes as `after`
    /// takes more than `before`. Nobody reads them.
    @SuppressWarnings("ReferenceEquality") // the very same object takes the same bytes; an equal one is written again
    default void writeGrowth(Object before, Object after, WireOutput out) {
        if (before != after) {
            writeGrowthInside(before, after, out);
        }
    }

    /// See [#writeGrowth], for two objects that are not the same.
    default void writeGrowthInside(Object before, Object after, WireOutput out) {
        write(after, out);
    }

    Object read(WireInput in);

    /// The fewest bytes that a value takes.
    default int minBytes() {
        return switch (wireType()) {
            case WireType.FIXED32 -> Integer.BYTES;
            case WireType.FIXED64 -> Long.BYTES;
            default -> 1;
        };
    }

    /// The value of a field that the bytes do not mention.
    default @Nullable Object zero() {
        return null;
    }

    /// Whether a field with this value is left out.
    default boolean isZero(@Nullable Object value) {
        return value == null;
    }

    /// Whether the bytes of a value can change with the version of the program.
    default boolean evolves() {
        return false;
    }

    /// Whether values are equal exactly if their bytes are: then a set or map never has the same bytes twice.
    default boolean isPlain() {
        return false;
    }

    /// Whether [#own] gives every value back as it is. True only where that is sure.
    default boolean isFixed() {
        return false;
    }

    /// A value as [io.legion.core.Codec#own] has it; the same object if it is that already. Not for types with
    /// arrays inside, which have no such value.
    ///
    /// @param before what this method gave at the same place, or null: whatever is the same object in it is not
    ///     looked into
    /// @param levels how many levels of nesting are allowed from here on
    @SuppressWarnings("ReferenceEquality") // an equal value is not the one that was owned
    default Object own(@Nullable Object before, Object value, int levels) {
        if (value == before || isFixed()) {
            return value;
        }
        if (levels < 0) {
            throw new CodecException("more levels of nesting than are allowed");
        }
        return ownInside(before, value, levels);
    }

    /// See [#own], for a value that may have parts of others.
    default Object ownInside(@Nullable Object before, Object value, int levels) {
        return value;
    }

    /// A shape that needs no length around it where the bytes end with it.
    sealed interface Body extends Shape permits RecordShape, SealedShape, DeferredShape {
        void writeBody(Object value, WireOutput out);

        /// See [Shape#writeGrowth].
        void writeBodyGrowth(Object before, Object after, WireOutput out);

        Object readBody(WireInput in);

        @Override
        default int wireType() {
            return WireType.BLOCK;
        }

        @Override
        default void write(Object value, WireOutput out) {
            int start = out.open();
            writeBody(value, out);
            out.close(start);
        }

        @Override
        default void writeGrowthInside(Object before, Object after, WireOutput out) {
            int start = out.open();
            writeBodyGrowth(before, after, out);
            out.close(start);
        }

        @Override
        default Object read(WireInput in) {
            int outer = in.open();
            Object value = readBody(in);
            in.close(outer);
            return value;
        }

        @Override
        default boolean evolves() {
            return true;
        }
    }

    /// Refuses null where there is no way to write it.
    static Object present(@Nullable Object value, String what) {
        if (value == null) {
            throw new CodecException("null " + what);
        }
        return value;
    }
}
