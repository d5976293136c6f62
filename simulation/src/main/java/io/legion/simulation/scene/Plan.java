package io.legion.simulation.scene;

import java.util.SortedSet;
import java.util.TreeSet;

/// A run: its seed, and what it leaves out.
///
/// @param machines the largest number of machines
/// @param without the numbers of the faults that do not happen
/// @param requests the largest number of requests
public record Plan(long seed, int machines, SortedSet<Integer> without, long requests) {
    public static Plan of(long seed) {
        return new Plan(seed, Integer.MAX_VALUE, new TreeSet<>(), Long.MAX_VALUE);
    }

    public Plan machines(int most) {
        return new Plan(seed, most, without, requests);
    }

    public Plan without(SortedSet<Integer> faults) {
        return new Plan(seed, machines, faults, requests);
    }

    public Plan requests(long most) {
        return new Plan(seed, machines, without, most);
    }
}
