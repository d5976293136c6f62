package io.legion.simulation.shapes;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What all releases that run one version of a partition type have in common, as far as bytes show it: the content
/// of a file.
///
/// @param type the name of the partition type
/// @param minimum the oldest version that the release which brought this version could run too
/// @param indexed whether searches find the partitions
/// @param initial the state before the first event
/// @param state the format of the states, empty if their codec is the user's own; likewise of the events
/// @param outputs the format of the outputs of each event, by its name on the wire
/// @param defaults what a record is of which the bytes say nothing, by its name, where a constructor makes more of it
///     than zero
/// @param samples what samples of events make of samples of states, and their tags
record KeptShape(
        String type,
        int version,
        int minimum,
        boolean indexed,
        String initial,
        String state,
        String events,
        SortedMap<String, String> outputs,
        SortedMap<String, String> defaults,
        SortedMap<String, String> samples) {

    KeptShape {
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
        defaults = Collections.unmodifiableSortedMap(new TreeMap<>(defaults));
        samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
    }

    /// Whether it is the same type, whatever it is called and whatever version this is.
    boolean isSameBut(KeptShape other) {
        return initial.equals(other.initial)
                && state.equals(other.state)
                && events.equals(other.events)
                && outputs.equals(other.outputs)
                && defaults.equals(other.defaults);
    }
}
