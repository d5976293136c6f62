/// Internal: shards that work one after the other and share every write to the store.
package io.legion.runtime.lane;
