/// Internal: one store at a time has a schema, and all that changes it passes here.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres.owner;
