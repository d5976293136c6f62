package io.legion.command.client;

import org.jspecify.annotations.Nullable;

/// What stands behind a failure.
final class Causes {
    private Causes() {}

    /// The failure itself, or the first of its causes, that is of this kind; null if none is.
    static <T extends Throwable> @Nullable T find(Class<T> kind, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
        }
        return null;
    }

    static boolean has(Class<? extends Throwable> kind, Throwable failure) {
        return find(kind, failure) != null;
    }
}
