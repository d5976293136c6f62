package io.legion.store.rocksdb.damage;

import io.legion.service.CallGate;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.current.CurrentEngine;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.EngineTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Looks into the engine of a store from threads that must neither wait for its close nor fail over it.
public final class EngineLook implements Scrub.Subject {
    /// Asks the engine.
    private interface Question<T> {
        T of(Engine engine) throws RocksDBException;
    }

    private final CallGate gate;
    private final CurrentEngine engines;
    private final DamagedTables damaged;

    public EngineLook(CallGate gate, CurrentEngine engines, DamagedTables damaged) {
        this.gate = gate;
        this.engines = engines;
        this.damaged = damaged;
    }

    /// Empty if the store is closed, about to be, or has no engine.
    private <T> Optional<T> ask(Question<T> question) {
        if (!gate.tryEnter()) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.of(engines.now()));
        } catch (RocksDBException | StoreException unknown) {
            return Optional.empty();
        } finally {
            gate.leave();
        }
    }

    public double bytesOnDisk() {
        return ask(engine -> (double) engine.bytesOnDisk()).orElse(Double.NaN);
    }

    public double damagedTables() {
        return damaged.count();
    }

    @Override
    public Optional<Path> engine() {
        return ask(Engine::path);
    }

    @Override
    public Optional<List<EngineTable>> tables() {
        return ask(Engine::tables);
    }

    @Override
    public boolean damaged(EngineTable table, String why) {
        return ask(engine -> {
                    damaged.found(table.name(), why, engine);
                    return table;
                })
                .isPresent();
    }
}
