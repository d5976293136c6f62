/// Internal: on which threads the database is asked, how many ask at once, and how long they wait.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres.call;
