/// Internal: what callers want to write, until it is sent.
@org.jspecify.annotations.NullMarked
package io.legion.store.postgres.batch;
