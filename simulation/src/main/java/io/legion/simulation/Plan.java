package io.legion.simulation;

import java.util.SortedSet;
import java.util.TreeSet;

/// A run: its seed, and what of it is left out.
///
/// @param without the numbers of the faults that do not happen
/// @param requests how many requests there are at most
record Plan(long seed, SortedSet<Integer> without, long requests) {
    static Plan of(long seed) {
        return new Plan(seed, new TreeSet<>(), Long.MAX_VALUE);
    }

    Plan without(SortedSet<Integer> faults) {
        return new Plan(seed, faults, requests);
    }

    Plan requests(long most) {
        return new Plan(seed, without, most);
    }
}
