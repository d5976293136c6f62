package io.legion.simulation.purity;

import io.legion.core.Event;
import io.legion.core.codec.ValueText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The failures by which a user's events say no. Any other exception is a mistake.
///
/// @param classes these, and what extends them
public record MeantFailures(List<Class<? extends Throwable>> classes) {
    /// No event fails.
    public static final MeantFailures NONE = new MeantFailures(List.of());

    public MeantFailures and(Class<? extends Throwable> more) {
        var all = new ArrayList<>(classes);
        all.add(more);
        return new MeantFailures(List.copyOf(all));
    }

    private boolean isMeant(Throwable failure) {
        return !(failure instanceof Tried.Unusable) && classes.stream().anyMatch(meant -> meant.isInstance(failure));
    }

    /// What is wrong with a failure, as a sentence; null if nothing is.
    public @Nullable String complaint(Event<?, ?> event, Object state, @Nullable Throwable failure) {
        if (failure == null || isMeant(failure)) {
            return null;
        }
        String ended = failure instanceof Tried.Unusable
                ? "gave what cannot be used: " + failure.getMessage()
                : "threw " + failure + ", which mayFail does not name";
        return "apply of " + ValueText.of(event) + " " + ended + "; the state before was " + ValueText.of(state);
    }
}
