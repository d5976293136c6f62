/// A store in a schema of a PostgreSQL database. [io.legion.store.postgres.PostgresStore] is the entry, on the database
/// service of [io.legion.store.postgres.database].
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres;
