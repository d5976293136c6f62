package com.example.reservations.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The figures of one mode.
///
/// **Threads.** Any.
final class Tally {
    private static final String LINE = "%-16s %9s %9s %9s %9s %9s %9s %11s %7s%n";
    static final String HEAD = LINE.formatted(
            "mode", "answers", "refusals", "reads", "retries", "no answer", "changed", "longest", "false");

    private final Mode mode;
    private final Supplier<String> now;
    private final List<String> falseAnswers = new ArrayList<>();
    private int answers;
    private int refusals;
    private int reads;
    private int retries;
    private int unanswered;
    private int changed;
    private long longestNanos;

    /// @param now what happens to the nodes at the moment
    Tally(Mode mode, Supplier<String> now) {
        this.mode = mode;
        this.now = now;
    }

    synchronized void answered(Operation operation) {
        if (operation.isApplied()) {
            answers++;
            refusals += VenueRules.isRefusal(operation.outcome()) ? 1 : 0;
        } else {
            unanswered++;
        }
        waited(operation.endNanos() - operation.beginNanos());
    }

    synchronized void read(long nanos) {
        reads++;
        waited(nanos);
    }

    private void waited(long nanos) {
        longestNanos = Math.max(longestNanos, nanos);
    }

    synchronized void triedAgain() {
        retries++;
    }

    /// A receipt became another one, which only FINAL excludes.
    synchronized void changed(int receipts) {
        changed += receipts;
    }

    synchronized void falseAnswer(String what) {
        falseAnswers.add(mode.text() + ", " + now.get() + ": " + what);
    }

    synchronized int answers() {
        return answers;
    }

    /// How many requests had no answer in the end, whatever was tried.
    synchronized int unanswered() {
        return unanswered;
    }

    synchronized List<String> falseAnswers() {
        return List.copyOf(falseAnswers);
    }

    synchronized String line() {
        return LINE.formatted(
                mode.text(),
                answers,
                refusals,
                reads,
                retries,
                unanswered,
                changed,
                "%.1f s".formatted(longestNanos / 1e9),
                falseAnswers.size());
    }
}
