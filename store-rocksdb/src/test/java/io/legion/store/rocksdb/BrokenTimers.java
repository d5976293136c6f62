package io.legion.store.rocksdb;

import io.legion.service.Monitor;
import java.util.function.DoubleSupplier;

/// A monitor whose timers throw an error.
record BrokenTimers(Monitor inside) implements Monitor {
    @Override
    public Counter counter(String name) {
        return inside.counter(name);
    }

    @Override
    public Timer timer(String name) {
        return _ -> {
            throw new AssertionError("planted");
        };
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value) {
        return inside.gauge(name, value);
    }

    @Override
    public Monitor tagged(String key, String value) {
        return new BrokenTimers(inside.tagged(key, value));
    }
}
