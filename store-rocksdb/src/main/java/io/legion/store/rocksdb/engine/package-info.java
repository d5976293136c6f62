/// Internal: RocksDB: how it is set up, opened and read, and what it says of damage.
@org.jspecify.annotations.NullMarked
package io.legion.store.rocksdb.engine;
