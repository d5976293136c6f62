package io.legion.store.rocksdb.open;

import io.legion.service.Monitor;
import io.legion.spi.Durability;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// What the store tells the monitor: `legion.rocksdb.write` (a timer) by durability, and the gauges
/// `legion.rocksdb.disk.bytes` and `legion.rocksdb.damaged.tables`.
final class StoreMeters implements AutoCloseable {

    private final Map<Durability, Monitor.Timer> writes = new EnumMap<>(Durability.class);
    private final Monitor.Registration size;
    private final Monitor.Registration damaged;

    StoreMeters(Monitor monitor, DoubleSupplier bytesOnDisk, DoubleSupplier damagedTables) {
        for (var durability : Durability.values()) {
            var name = durability.name().toLowerCase(Locale.ROOT).replace('_', '-');
            writes.put(durability, monitor.tagged("durability", name).timer("legion.rocksdb.write"));
        }
        size = monitor.gauge("legion.rocksdb.disk.bytes", bytesOnDisk);
        damaged = monitor.gauge("legion.rocksdb.damaged.tables", damagedTables);
    }

    void wrote(Durability durability, long nanos) {
        var timer = writes.get(durability);
        if (timer != null) {
            timer.recordNanos(nanos);
        }
    }

    @Override
    public void close() {
        size.close();
        damaged.close();
    }
}
