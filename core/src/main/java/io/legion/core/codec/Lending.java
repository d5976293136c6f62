package io.legion.core.codec;

import io.legion.core.Codec;

/// How a value that Legion keeps gets to users' code: events, index functions and readers.
public final class Lending {
    private Lending() {}

    /// The value itself if nothing can change it, else a copy.
    ///
    /// @param owned a value that the codec has read, or that [Codec#own] has given
    public static <T> T lent(Codec<T> codec, T owned) {
        return codec.isImmutable() ? owned : codec.own(owned);
    }
}
