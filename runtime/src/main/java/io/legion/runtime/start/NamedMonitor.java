package io.legion.runtime.start;

import io.legion.Legion;
import io.legion.service.Monitor;
import java.util.function.DoubleSupplier;

/// A monitor whose meters all have Legion's name before their own, so that a part which others use too does not share
/// its meters with theirs. (A tag would not do: all meters of one name have the same keys of tags.)
record NamedMonitor(Monitor monitor) implements Monitor {
    private static final String PREFIX = "legion.";

    @Override
    public Counter counter(String name) {
        return monitor.counter(PREFIX + name);
    }

    @Override
    public Timer timer(String name) {
        return monitor.timer(PREFIX + name);
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value) {
        return monitor.gauge(PREFIX + name, value);
    }

    @Override
    public Monitor tagged(String key, String value) {
        return new NamedMonitor(monitor.tagged(key, value));
    }
}
