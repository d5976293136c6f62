/// Tests of your own events in simulated clusters: [Simulation] runs them, [Randomness] draws them, and a [Breach] is
/// what it finds.
package io.legion.simulation;
