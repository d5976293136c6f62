package io.legion.service;

import java.util.function.DoubleSupplier;

/// A [Monitor] that forgets everything.
enum NoMonitor implements Monitor {
    INSTANCE;

    @Override
    public Counter counter(String name) {
        return _ -> {};
    }

    @Override
    public Timer timer(String name) {
        return _ -> {};
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value) {
        return () -> {};
    }

    @Override
    public Monitor tagged(String key, String value) {
        return this;
    }
}
