package io.legion.store.postgres;

import io.legion.service.Monitor;
import io.legion.spi.Durability;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What the store tells the monitor: the timers `legion.postgres.write` by durability and
/// `legion.postgres.read`, and the counter `legion.postgres.reconnects`.
final class PostgresMeters {

    private final Map<Durability, Monitor.Timer> writes = new EnumMap<>(Durability.class);
    private final Monitor.Timer read;
    private final Monitor.Counter reconnects;

    PostgresMeters(Monitor monitor) {
        for (var durability : Durability.values()) {
            var name = durability.name().toLowerCase(Locale.ROOT).replace('_', '-');
            writes.put(durability, monitor.tagged("durability", name).timer("legion.postgres.write"));
        }
        read = monitor.timer("legion.postgres.read");
        reconnects = monitor.counter("legion.postgres.reconnects");
    }

    void wrote(Durability durability, long nanos) {
        var timer = writes.get(durability);
        if (timer != null) {
            timer.recordNanos(nanos);
        }
    }

    /// A value came from the database, not from the cache.
    void read(long nanos) {
        read.recordNanos(nanos);
    }

    void reconnected() {
        reconnects.increment();
    }
}
