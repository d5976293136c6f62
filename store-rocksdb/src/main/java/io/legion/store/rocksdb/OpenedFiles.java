package io.legion.store.rocksdb;

/// What an opening of a store has acquired.
record OpenedFiles(Engine engine, Floor floor) {}
