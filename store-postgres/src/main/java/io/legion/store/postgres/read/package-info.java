/// Internal: entries as they are read, from the cache or the database.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres.read;
