/// Internal: a store on a disk that fails, loses writes and comes back old.
package io.legion.simulation.disk;
