package io.legion.core.codec;

import io.legion.core.Codec;
import java.lang.reflect.Type;

/// Placeholder until the codec lands.
public final class RecordCodec {
    private RecordCodec() {}

    public static <T> Codec<T> of(Type type) {
        return unready(type);
    }

    private static <T> Codec<T> unready(Type type) {
        if (type != null) {
            throw new UnsupportedOperationException(type.getTypeName());
        }
        throw new UnsupportedOperationException();
    }
}
