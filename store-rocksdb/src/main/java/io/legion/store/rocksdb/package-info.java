/// The default store: an embedded RocksDB in one directory. [io.legion.store.rocksdb.RocksDbStore] is the entry.
@org.jspecify.annotations.NullMarked
package io.legion.store.rocksdb;
