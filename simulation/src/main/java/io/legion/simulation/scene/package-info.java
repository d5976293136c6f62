/// Internal: what a seed draws: where a run takes place, and what goes wrong in it.
package io.legion.simulation.scene;
