package io.legion.core;

/// What applying an event gave: the next state and the output.
public record Applied<S, O>(S state, O output) {
    /// This state and this output.
    public static <S, O> Applied<S, O> of(S state, O output) {
        return new Applied<>(state, output);
    }
}
