/// Internal: what goes wrong, and the people and programs that act upon it.
package io.legion.simulation.faults;
