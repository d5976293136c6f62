/// The default store: an embedded RocksDB in one directory.
@org.jspecify.annotations.NullMarked
module io.legion.store.rocksdb {
    requires transitive io.legion.runtime;
    requires rocksdbjni;
    requires static org.jspecify;

    exports io.legion.store.rocksdb;
}
