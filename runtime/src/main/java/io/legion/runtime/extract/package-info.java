/// Internal: reads whole shards out of the store, each at one position of its history.
package io.legion.runtime.extract;
