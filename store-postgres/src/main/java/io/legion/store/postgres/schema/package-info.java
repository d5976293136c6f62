/// Internal: the tables of a store, and the statements about them.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres.schema;
