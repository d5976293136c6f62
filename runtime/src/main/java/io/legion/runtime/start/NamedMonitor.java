package io.legion.runtime.start;

import io.legion.service.Monitor;
import java.util.function.DoubleSupplier;

/// A monitor that puts Legion's name before the name of each meter, so that a part which others use too does
/// not share its meters with theirs. (A tag would not do: all meters of one name have the same tag keys.)
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
