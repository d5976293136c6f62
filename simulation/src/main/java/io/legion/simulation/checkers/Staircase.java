package io.legion.simulation.checkers;

import java.util.Map;
import java.util.TreeMap;

/// The highest place known at each time; keeps only the steps at which it rose.
final class Staircase {
    private final TreeMap<Long, Integer> steps = new TreeMap<>();

    /// From this time on the place is known.
    void add(long micros, int place) {
        Map.Entry<Long, Integer> below = steps.floorEntry(micros);
        if (below != null && below.getValue() >= place) {
            return;
        }
        var later = steps.tailMap(micros, true).values().iterator();
        while (later.hasNext() && later.next() <= place) {
            later.remove();
        }
        steps.put(micros, place);
    }

    /// The highest place known before this time; 0 if there was none.
    int before(long micros) {
        Map.Entry<Long, Integer> step = steps.lowerEntry(micros);
        return step == null ? 0 : step.getValue();
    }
}
