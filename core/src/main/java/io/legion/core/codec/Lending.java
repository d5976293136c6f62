package io.legion.core.codec;

import io.legion.core.Codec;

/// How a value that Legion keeps gets to users' code, events, index functions and readers, and comes from there.
public final class Lending {
    private Lending() {}

    /// The value itself if nothing can change it, else a copy.
    ///
    /// @param owned a value that the codec has read, or that [Codec#own] has given
    public static <T> T lent(Codec<T> codec, T owned) {
        return codec.isImmutable() ? owned : codec.own(owned);
    }

    /// A value as Legion keeps it while a version is active: it has what reading the bytes of that version gives, and
    /// nothing that a later one brought (R90), though nothing can change it.
    public static <T> T owned(Codec<T> newest, int version, T value) {
        Codec<T> codec = newest.at(version);
        return version < newest.newestVersion() ? codec.decode(codec.encode(value)) : codec.own(value);
    }
}
