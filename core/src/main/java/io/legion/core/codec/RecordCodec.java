package io.legion.core.codec;

import io.legion.core.Codec;
import java.lang.reflect.Type;

/// Placeholder until the codec lands.
public final class RecordCodec {
    private RecordCodec() {}

    public static <T> Codec<T> of(Type type) {
        throw new UnsupportedOperationException(type.getTypeName());
    }
}
