/// A store in a schema of a PostgreSQL database, and the database service under it.
/// [io.legion.store.postgres.PostgresStore] is the entry.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres;
