package io.legion.core.codec;

import io.legion.core.Bytes;
import java.lang.reflect.Modifier;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A value without parts that a user could change.
///
/// @param immutable false for types whose array the caller may keep, or that a user's class may extend
record Scalar(
        String name,
        int wireType,
        boolean immutable,
        BiConsumer<Object, WireOutput> writer,
        Function<WireInput, Object> reader)
        implements Shape {

    /// A scalar of one Java class, which `write` relies on.
    static <V> Scalar of(
            Class<V> type, String name, int wireType, BiConsumer<V, WireOutput> writer, Function<WireInput, V> reader) {
        boolean immutable = Modifier.isFinal(type.getModifiers()) && type != byte[].class && type != Bytes.class;
        return new Scalar(
                name, wireType, immutable, (value, out) -> writer.accept(type.cast(value), out), reader::apply);
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
    public boolean isPlain() {
        return switch (name) {
            case "string", "boolean", "int8", "int16", "char", "int32", "int64", "uuid" -> true;
            default -> false;
        };
    }
}
