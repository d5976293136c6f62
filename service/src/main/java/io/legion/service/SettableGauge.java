package io.legion.service;

import org.jspecify.annotations.Nullable;

/// The gauge that [Monitor#gauge(String)] derives from one with a supplier.
final class SettableGauge implements Monitor.Gauge {

    private volatile double value;
    private volatile Monitor.@Nullable Registration registration;

    double value() {
        return value;
    }

    SettableGauge registeredAs(Monitor.Registration registration) {
        this.registration = registration;
        return this;
    }

    @Override
    public void set(double value) {
        this.value = value;
    }

    @Override
    public void close() {
        var open = registration;
        if (open != null) {
            open.close();
        }
    }
}
