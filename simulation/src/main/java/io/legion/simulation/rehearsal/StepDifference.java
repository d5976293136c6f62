package io.legion.simulation.rehearsal;

/// A recorded step of which this release makes something else.
///
/// @param history the name of its file
/// @param number of the step in its file, from 1 on; 0 for what concerns the whole file
/// @param version under which the event was applied
/// @param event as JSON, as far as this release can read it
/// @param what differs, with both values, as a sentence
/// @param next what to do if this is meant, as sentences
public record StepDifference(String history, int number, int version, String event, String what, String next) {
    @Override
    public String toString() {
        var place = number == 0 ? history : history + ", step " + number + ", version " + version;
        return place + (event.isEmpty() ? "" : "\n  event: " + event) + "\n  differs: " + what + "\n  next: " + next;
    }
}
