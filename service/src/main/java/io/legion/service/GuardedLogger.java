package io.legion.service;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A [Logger] that keeps what another one throws, errors too, from those who log: their work must not end
/// half done because of a message. When the other logger works again, it hears of the failure as a warning.
public final class GuardedLogger implements Logger {
    private final Logger inside;

    /// What the logger threw last, until it has heard of that itself. Shared by all names.
    private final AtomicReference<@Nullable Throwable> thrown;

    private GuardedLogger(Logger inside, AtomicReference<@Nullable Throwable> thrown) {
        this.inside = inside;
        this.thrown = thrown;
    }

    /// Guards a logger; one that is guarded already stays as it is.
    public static Logger of(Logger logger) {
        return logger instanceof GuardedLogger ? logger : new GuardedLogger(logger, new AtomicReference<>());
    }

    @Override
    public boolean isEnabled(Priority priority) {
        return guarded(() -> inside.isEnabled(priority), true);
    }

    @Override
    public void log(Priority priority, String message, @Nullable Throwable cause) {
        guarded(
                () -> {
                    inside.log(priority, message, cause);
                    tellOfFailure();
                    return true;
                },
                false);
    }

    private void tellOfFailure() {
        Throwable earlier = thrown.getAndSet(null);
        if (earlier != null) {
            inside.log(
                    Priority.WARNING, "The logger threw, and messages before this one were lost: " + earlier, earlier);
        }
    }

    @Override
    public Logger named(String name) {
        return guarded(() -> new GuardedLogger(inside.named(name), thrown), this);
    }

    private <T> T guarded(Supplier<T> call, T otherwise) {
        try {
            return call.get();
        } catch (Throwable broken) {
            thrown.set(broken);
            return otherwise;
        }
    }
}
