package io.legion.store.rocksdb.open;

import io.legion.service.CallGate;
import io.legion.service.Logger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.current.CurrentEngine;
import io.legion.store.rocksdb.current.CurrentMarker;
import io.legion.store.rocksdb.current.WriteFailure;
import io.legion.store.rocksdb.damage.DamagedTables;
import io.legion.store.rocksdb.damage.DroppedRanges;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.Remedy;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The writes of an open store, and what becomes of those that fail.
final class StoreWrites {
    private final CallGate gate;
    private final CurrentEngine engines;
    private final CurrentMarker marker;
    private final WriteFailure failure;
    private final DamagedTables tables;
    private final StoreMeters meters;
    private final Logger logger;

    StoreWrites(
            CallGate gate,
            CurrentEngine engines,
            CurrentMarker marker,
            WriteFailure failure,
            DamagedTables tables,
            StoreMeters meters,
            Logger logger) {
        this.gate = gate;
        this.engines = engines;
        this.marker = marker;
        this.failure = failure;
        this.tables = tables;
        this.meters = meters;
        this.logger = logger;
    }

    /// See [io.legion.spi.Store#write].
    void write(Batch batch, Durability durability) {
        var stop = written(batch, durability);
        if (stop != null) {
            reopen(stop);
            var again = written(batch, durability);
            if (again != null) {
                throw failure.causedBy(again.cause());
            }
        }
    }

    /// An engine that has stopped at a damaged table, and can be opened again.
    private record Stop(Engine engine, RocksDBException cause) {}

    /// Writes, unless the engine has stopped: then nothing of the batch is there.
    private @Nullable Stop written(Batch batch, Durability durability) {
        gate.enter();
        var engine = engines.entered();
        long start = System.nanoTime();
        try (var changes = new WriteBatch(batch.toByteArray())) {
            requireWritable();
            marker.admit(durability);
            engine.write(changes, durability);
            failure.wrote();
            meters.wrote(durability, System.nanoTime() - start);
            dropped(batch, durability, engine);
            return null;
        } catch (RocksDBException failed) {
            if (Remedy.isDamage(failed) && engines.mayReopen(engine)) {
                return new Stop(engine, failed);
            }
            throw Remedy.isFull(failed) ? full(failed, engine) : failure.causedBy(failed);
        } finally {
            gate.leave();
        }
    }

    private void reopen(Stop stop) {
        engines.reopen(stop.engine(), stop.cause());
        gate.enter();
        var engine = engines.entered();
        try {
            tables.met(stop.cause(), engine);
        } finally {
            gate.leave();
        }
    }

    /// What was dropped for sure takes damaged tables with it.
    private void dropped(Batch batch, Durability durability, Engine engine) {
        if (durability == Durability.FORCED && tables.isAny()) {
            batch.forEach(new DroppedRanges((from, to) -> tables.dropped(from, to, engine)));
        }
    }

    /// A full disk, unless the engine will not go on when there is room.
    private StoreException full(RocksDBException cause, Engine engine) {
        try {
            var refused = failure.full(cause, engine.room());
            if (!(refused instanceof StoreException.Full)) {
                // A caller that only looks for room need not say what it found.
                logger.error(String.valueOf(refused.getMessage()), refused);
            }
            return refused;
        } catch (RocksDBException unknown) {
            cause.addSuppressed(unknown);
            return failure.causedBy(cause);
        }
    }

    private void requireWritable() {
        failure.requireNone();
        if (marker.now().identity().isEmpty()) {
            throw new IllegalStateException("The store was never identified: call identify before the first write.");
        }
    }
}
