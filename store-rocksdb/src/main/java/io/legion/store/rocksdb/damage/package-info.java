/// Internal: damaged tables: how they are found, kept from merges, and forgotten.
@org.jspecify.annotations.NullMarked
package io.legion.store.rocksdb.damage;
