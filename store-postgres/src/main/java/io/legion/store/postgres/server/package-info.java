/// A PostgreSQL of a process's own, for demonstrations and tests.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres.server;
