package io.legion.service;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Specification of the monitor service: numbers that tell how the program is doing.
///
/// A component looks its meters up once, when it is opened, and then uses them: a lookup may lock and allocate,
/// a use does neither. Two lookups of the same name and tags give handles to the same meter. Names are dotted
/// lower-case words, such as `legion.requests`. The values of tags must come from a small fixed set, because
/// each combination is a meter that stays. All meters of one name have the same keys of tags: some monitoring
/// systems, Prometheus among them, refuse the others.
///
/// **Failure.** Measuring never throws and never fails its caller. **Threads.** Any thread may call every
/// method, here and of the meters.
public interface Monitor {

    /// A monitor that forgets everything, for programs that nobody watches.
    static Monitor none() {
        return NoMonitor.INSTANCE;
    }

    /// The counter of this name under the tags of this monitor.
    Counter counter(String name);

    /// The timer of this name under the tags of this monitor.
    Timer timer(String name);

    /// Shows a value that is asked for whenever somebody looks, such as the length of a queue. A second
    /// registration of the same name and tags replaces the first.
    ///
    /// @param value called by the thread that looks: it must be quick, must not block and must not throw
    /// @return closes the gauge; until it is closed, `value` stays reachable as long as the monitor lives
    Registration gauge(String name, DoubleSupplier value);

    /// The same monitor for a part of the program: all its meters carry this tag too, in place of one with the
    /// same key.
    Monitor tagged(String key, String value);

    /// The same monitor for a part of the program of which there may be several: `name` and a dot come before
    /// the names of its meters.
    default Monitor under(String name) {
        return new NamedMonitor(this, name + ".");
    }

    /// A gauge that is set instead of asked; it shows 0 until it is set.
    default Gauge gauge(String name) {
        var gauge = new SettableGauge();
        var registration = gauge(name, gauge::value);
        return gauge.registeredAs(registration);
    }

    /// Counts what happened; it only grows.
    interface Counter {

        /// Adds `amount`, which must not be negative.
        void add(long amount);

        /// Adds one.
        default void increment() {
            add(1);
        }
    }

    /// Collects how long something took. It reads no clock: its caller knows which clock counts.
    interface Timer {

        /// Records one measurement in nanoseconds; a negative one (a clock went back) counts as 0.
        void recordNanos(long nanos);

        /// Records one measurement.
        default void record(Duration duration) {
            recordNanos(duration.toNanos());
        }
    }

    /// A value that goes up and down.
    interface Gauge extends Registration {

        /// Shows `value` from now on.
        void set(double value);
    }

    /// Something shown until it is closed. Closing it again does nothing.
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
