package io.legion.simulation.rehearsal;

/// A recorded step of which this release makes something else.
///
/// @param history the name of its file
/// @param number of the step in its file, from 1 on; 0 for what concerns the whole file
/// @param version under which the event was applied
/// @param event as JSON, as far as this release can read it
/// @param what differs, with both values, as a sentence
/// @param next what to do if this is meant, as sentences
/// @param alike how many later ones differ in the same, and are not listed themselves
public record StepDifference(
        String history, int number, int version, String event, String what, String next, int alike) {
    boolean isAlike(StepDifference other) {
        return what.equals(other.what) && next.equals(other.next);
    }

    StepDifference withOneMoreAlike() {
        return new StepDifference(history, number, version, event, what, next, alike + 1);
    }

    @Override
    public String toString() {
        var place = number == 0 ? history : history + ", step " + number + ", version " + version;
        return place + (event.isEmpty() ? "" : "\n  event: " + event) + "\n  differs: " + what + "\n  next: " + next
                + (alike == 0 ? "" : "\n  " + alike + (alike == 1 ? " more differs" : " more differ") + " alike.");
    }
}
