package io.legion.core.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A value without parts that a user could change.
///
/// @param isFixed false for types whose values are not always as they are when their bytes were read back
record Scalar(
        String name,
        int wireType,
        boolean isFixed,
        BiConsumer<Object, WireOutput> writer,
        Function<WireInput, Object> reader)
        implements Shape {

    /// A scalar of one Java class, which `write` relies on.
    static <V> Scalar of(
            Class<V> type, String name, int wireType, BiConsumer<V, WireOutput> writer, Function<WireInput, V> reader) {
        return new Scalar(
                name,
                wireType,
                OwnScalars.areFixed(type),
                (value, out) -> writer.accept(type.cast(value), out),
                reader::apply);
    }

    @Override
    public void write(Object value, WireOutput out) {
        writer.accept(value, out);
    }

    @Override
    public Object read(WireInput in) {
        return reader.apply(in);
    }

    @Override
    public Object ownInside(@Nullable Object before, Object value, int levels) {
        return OwnScalars.own(value);
    }

    @Override
    public boolean isPlain() {
        return switch (name) {
            case "string", "boolean", "int8", "int16", "char", "int32", "int64", "uuid" -> true;
            default -> false;
        };
    }
}
