package io.legion.founding;

import io.legion.core.PartitionKey;

/// A partition of a new cluster, as the user's program has it.
///
/// @param key its key
/// @param state its state
public record FoundingState<S>(PartitionKey key, S state) {
    /// The partition whose key is this text.
    ///
    /// @throws IllegalArgumentException if the text is no key (see [PartitionKey#of(String)])
    public static <S> FoundingState<S> of(String key, S state) {
        return new FoundingState<>(PartitionKey.of(key), state);
    }
}
