package io.legion.service;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Specification of the monitor service: numbers that tell how the program is doing.
///
/// Meters are looked up once, when a component is opened, and then used: asking for one may lock and allocate,
/// using it does neither. Two lookups of the same name and tags give handles to the same meter. Names are
/// dotted lower-case words, such as `legion.requests`; the values of tags must come from a small fixed set,
/// since each combination is a meter that stays. All meters of one name have the same keys of tags: some monitoring
/// systems, Prometheus among them, refuse the others.
///
/// **Failure.** Measuring never throws and never fails its caller. **Threads.** Every method, here and of
/// the meters, may be called by any thread.
public interface Monitor {

    /// The counter of this name under the tags of this monitor.
    Counter counter(String name);

    /// The timer of this name under the tags of this monitor.
    Timer timer(String name);

    /// Shows a value that is asked for whenever somebody looks, such as the length of a queue. A second
    /// registration of the same name and tags takes the place of the first.
    ///
    /// @param value asked by the thread that looks: it must be quick, must not block and must not throw
    /// @return closes the gauge; who does not close it keeps `value` reachable as long as the monitor lives
    Registration gauge(String name, DoubleSupplier value);

    /// The same monitor for a part of the program: all its meters carry this tag too. A tag of the same key
    /// is replaced.
    Monitor tagged(String key, String value);

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

    /// Collects how long something took. It reads no clock: who measures knows which clock counts.
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
