package io.legion.store.rocksdb.current;

import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.files.Floor;

/// What an opening of a store has acquired.
public record OpenedFiles(Engine engine, Floor floor) {}
