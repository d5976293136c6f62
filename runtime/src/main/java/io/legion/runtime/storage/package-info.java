/// Internal: where things are in a store, and what a node keeps there.
package io.legion.runtime.storage;
