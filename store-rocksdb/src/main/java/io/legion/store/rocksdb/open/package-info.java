/// Internal: how a store is opened and closed, and its calls meanwhile.
@org.jspecify.annotations.NullMarked
package io.legion.store.rocksdb.open;
