package io.legion.service;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// A [Monitor] that keeps what another one throws, errors too, from those who measure: what cannot be
/// measured is forgotten.
public record GuardedMonitor(Monitor inside) implements Monitor {
    /// Guards a monitor; one that is guarded already stays as it is.
    public static Monitor of(Monitor monitor) {
        return monitor instanceof GuardedMonitor ? monitor : new GuardedMonitor(monitor);
    }

    @Override
    public Counter counter(String name) {
        var counter = found(() -> inside.counter(name), Monitor.none().counter(name));
        return amount -> guarded(() -> counter.add(amount));
    }

    @Override
    public Timer timer(String name) {
        var timer = found(() -> inside.timer(name), Monitor.none().timer(name));
        return nanos -> guarded(() -> timer.recordNanos(nanos));
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value) {
        Registration gauge = found(() -> inside.gauge(name, value), () -> {});
        return () -> guarded(gauge::close);
    }

    @Override
    public Monitor tagged(String key, String value) {
        return found(() -> new GuardedMonitor(inside.tagged(key, value)), Monitor.none());
    }

    private static <T> T found(Supplier<? extends T> lookup, T otherwise) {
        try {
            return lookup.get();
        } catch (Throwable broken) {
            return otherwise;
        }
    }

    private static void guarded(Runnable use) {
        try {
            use.run();
        } catch (Throwable broken) {
            // Nobody can do anything about a number that is lost.
        }
    }
}
