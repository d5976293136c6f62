package io.legion.simulation.runs;

import io.legion.simulation.Breach;
import io.legion.simulation.scene.Plan;
import org.jspecify.annotations.Nullable;

/// The outcome of a run.
///
/// @param breach the first invariant seen broken, or null
/// @param folds the number of folds, on all nodes together
/// @param epochs the number of epochs that began
/// @param faults the number of faults that happened
/// @param virtualMillis the time that passed in the simulated world
public record Finding(
        Plan plan, @Nullable Breach breach, long requests, long folds, long epochs, long faults, long virtualMillis) {}
