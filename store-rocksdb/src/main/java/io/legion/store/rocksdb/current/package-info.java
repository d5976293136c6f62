/// Internal: what changes while a store is open: its marker, its engine, and whether it takes writes.
@org.jspecify.annotations.NullMarked
package io.legion.store.rocksdb.current;
