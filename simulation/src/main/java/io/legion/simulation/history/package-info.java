/// Internal: the histories of shards, as nodes store them, seen from outside.
package io.legion.simulation.history;
