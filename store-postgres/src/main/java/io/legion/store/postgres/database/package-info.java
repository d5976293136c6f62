/// The database service: connections to one PostgreSQL. [io.legion.store.postgres.database.Postgres] is its
/// specification.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres.database;
