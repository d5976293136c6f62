/// Internal: what the store keeps in files beside the engine's: whose it is, how it was left, how far it had come.
@org.jspecify.annotations.NullMarked
package io.legion.store.rocksdb.files;
