package io.legion.core;

/// The result of applying an event: the next state and the output.
public record Applied<S, O>(S state, O output) {
    /// This state and this output.
    public static <S, O> Applied<S, O> of(S state, O output) {
        return new Applied<>(state, output);
    }
}
