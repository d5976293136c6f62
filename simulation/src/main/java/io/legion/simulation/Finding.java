package io.legion.simulation;

import org.jspecify.annotations.Nullable;

/// What came of a run.
///
/// @param breach the first invariant seen broken, or null
/// @param folds how many events were folded, on all nodes together
/// @param epochs how many epochs began
/// @param faults how many faults happened
/// @param virtualMillis how much time went by in the simulated world
record Finding(
        Plan plan, @Nullable Breach breach, long requests, long folds, long epochs, long faults, long virtualMillis) {}
