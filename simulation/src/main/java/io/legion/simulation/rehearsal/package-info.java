/// Rehearses a new release over golden histories: does it make of recorded events what the old one made of them?
package io.legion.simulation.rehearsal;
