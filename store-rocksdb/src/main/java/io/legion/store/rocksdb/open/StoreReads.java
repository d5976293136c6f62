package io.legion.store.rocksdb.open;

import io.legion.service.CallGate;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.current.CurrentEngine;
import io.legion.store.rocksdb.damage.DamagedTables;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.EngineScan;
import io.legion.store.rocksdb.engine.Remedy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// The reads of an open store.
///
/// A scan is within the gate only while it begins. So a visitor that takes its time holds up nobody: neither what
/// needs the engine alone, nor the calls that wait behind that.
final class StoreReads {
    private final CallGate gate;
    private final CurrentEngine engines;
    private final DamagedTables tables;

    StoreReads(CallGate gate, CurrentEngine engines, DamagedTables tables) {
        this.gate = gate;
        this.engines = engines;
        this.tables = tables;
    }

    /// See [Store#get].
    byte @Nullable [] get(byte[] key) {
        gate.enter();
        var engine = engines.entered();
        try {
            return engine.get(key);
        } catch (RocksDBException failed) {
            tables.met(failed, engine);
            throw unreadable(failed);
        } finally {
            gate.leave();
        }
    }

    /// See [Store#scan].
    void scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return;
        }
        gate.enter();
        var engine = engines.entered();
        EngineScan begun;
        try {
            begun = engine.scan(from, to);
        } finally {
            gate.leave();
        }
        try (begun) {
            var piece = next(begun, engine);
            while (!piece.isEmpty() && visit(piece, visitor)) {
                piece = next(begun, engine);
            }
        }
    }

    /// @return false if the visitor has ended the scan
    private static boolean visit(List<EngineScan.Found> piece, Store.Visitor visitor) {
        for (var found : piece) {
            if (!visitor.visit(found.key(), found.value())) {
                return false;
            }
        }
        return true;
    }

    private List<EngineScan.Found> next(EngineScan scan, Engine engine) {
        try {
            return scan.next().orElseThrow(this::ended);
        } catch (RocksDBException failed) {
            met(failed, engine);
            throw unreadable(failed);
        }
    }

    /// Notes damage, unless another engine is in place meanwhile.
    private void met(RocksDBException failed, Engine engine) {
        gate.enter();
        try {
            if (engines.last() == engine) {
                tables.met(failed, engine);
            }
        } finally {
            gate.leave();
        }
    }

    private StoreException ended() {
        gate.requireOpen();
        return new StoreException(
                "A scan was ended, since the engine of the store was opened again, or replaced, before"
                        + " its visitor had seen all. Nothing is wrong with what is stored; scan again.");
    }

    private static StoreException unreadable(RocksDBException cause) {
        var message = "A read failed: " + cause.getMessage()
                + ". What was asked for may be there or not. If files are damaged, " + Remedy.TEXT;
        return Remedy.isDamage(cause) ? new StoreException.Damaged(message, cause) : new StoreException(message, cause);
    }
}
