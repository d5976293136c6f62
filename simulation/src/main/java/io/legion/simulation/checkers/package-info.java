/// Internal: the invariants of design/invariants.md.
package io.legion.simulation.checkers;
