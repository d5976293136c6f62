package io.legion.service;

import java.util.function.DoubleSupplier;

/// A monitor that puts a name before the name of each meter, so that a part which several use does not share
/// its meters between them. (A tag would not do: all meters of one name have the same tag keys.)
record NamedMonitor(Monitor monitor, String prefix) implements Monitor {
    @Override
    public Counter counter(String name) {
        return monitor.counter(prefix + name);
    }

    @Override
    public Timer timer(String name) {
        return monitor.timer(prefix + name);
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value) {
        return monitor.gauge(prefix + name, value);
    }

    @Override
    public Monitor tagged(String key, String value) {
        return new NamedMonitor(monitor.tagged(key, value), prefix);
    }
}
