package com.example.reservations.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether what callers were answered fits the book that the venue has in the end.
final class BookCheck {
    private final VenueHistory history;
    private final List<String> book;
    private final Map<String, Operation> asked = new LinkedHashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> falseAnswers = new ArrayList<>();
    private final VenueRules rules;
    private int changed;

    private BookCheck(VenueHistory history, List<String> book) {
        this.history = history;
        this.book = book;
        this.rules = new VenueRules(history.version());
        history.operations().forEach(operation -> asked.put(operation.reference(), operation));
    }

    /// @param book the lines of the venue's book as a FINAL read has them, after all requests
    static BookCheck of(VenueHistory history, List<String> book) {
        var check = new BookCheck(history, book);
        for (int i = 0; i < book.size(); i++) {
            check.line(i + 1, book.get(i));
        }
        check.asked.values().forEach(check::fate);
        if (history.mode() == Mode.FINAL) {
            check.inRealTime();
        }
        return check;
    }

    /// What was answered and is not so, a sentence each.
    List<String> falseAnswers() {
        return List.copyOf(falseAnswers);
    }

    /// How many receipts became others.
    int changed() {
        return changed;
    }

    /// The free seats after the whole book.
    int free() {
        return rules.free();
    }

    /// The confirmed seats after the whole book.
    int sold() {
        return rules.sold();
    }

    /// Each line was asked for, stands there once, and has the outcome that the lines before it demand.
    private void line(int place, String line) {
        var reference = reference(line);
        var before = places.put(reference, place);
        if (before != null) {
            wrong("the request counts twice, at " + before + " and at " + place + ": " + line);
        }
        var operation = asked.get(reference);
        if (operation == null) {
            wrong("nobody asked for what is at " + place + ": " + line);
            return;
        }
        var outcome = rules.next(operation.ask(), line);
        if (!line.equals(reference + " " + outcome)) {
            wrong("the lines before " + place + " demand " + outcome + ", not: " + line + ", for " + operation.ask());
        }
    }

    private void fate(Operation operation) {
        var place = places.get(operation.reference());
        if (place == null && operation.isApplied()) {
            wrong("it was answered, and is not in the book: " + operation);
        } else if (place != null && operation.fate() == Operation.Fate.NOT_APPLIED) {
            wrong("the service said that it was not applied, and it is in the book at " + place + ": " + operation);
        } else if (place != null && operation.fate() == Operation.Fate.ANSWERED) {
            receipt(operation, place);
        }
    }

    private void receipt(Operation operation, int place) {
        if (operation.number() == place && operation.line().equals(book.get(place - 1))) {
            return;
        }
        changed++;
        if (history.mode() == Mode.FINAL) {
            wrong("the answer was FINAL, and is " + book.get(place - 1) + " at " + place + " now: " + operation);
        }
    }

    /// Something that took place at once.
    ///
    /// @param point twice the place of a request; of a read of so many lines the point behind the last of them
    private record Moment(long beginNanos, long endNanos, int point, Object what) {}

    /// What ended before something else began comes before it; a read shows a beginning of the book. With the outcomes
    /// being those of the rules, that is linearizability.
    private void inRealTime() {
        var moments = new ArrayList<Moment>();
        for (var operation : asked.values()) {
            if (operation.fate() == Operation.Fate.ANSWERED) {
                moments.add(
                        new Moment(operation.beginNanos(), operation.endNanos(), 2 * operation.number(), operation));
            }
        }
        var hashes = hashes();
        for (var sight : history.sights()) {
            moments.add(new Moment(sight.beginNanos(), sight.endNanos(), 2 * sight.count() + 1, sight));
            if (sight.count() >= hashes.size() || hashes.get(sight.count()) != sight.hash()) {
                wrong("a FINAL read shows what is not a beginning of the book: " + sight);
            }
        }
        inOrder(moments);
    }

    private void inOrder(List<Moment> moments) {
        var ended = new ArrayList<>(moments);
        ended.sort(Comparator.comparingLong(Moment::endNanos));
        moments.sort(Comparator.comparingLong(Moment::beginNanos));
        int next = 0;
        int latest = 0;
        for (var moment : moments) {
            for (; ended.get(next).endNanos() < moment.beginNanos(); next++) {
                latest = Math.max(latest, ended.get(next).point());
            }
            if (moment.point() < latest) {
                wrong("it began after something at " + latest / 2 + " had ended, and comes before that: "
                        + moment.what());
            }
        }
    }

    /// The hashes of the first 0, 1, 2 ... lines.
    private List<Integer> hashes() {
        var hashes = new ArrayList<Integer>();
        int hash = List.of().hashCode();
        hashes.add(hash);
        for (var line : book) {
            hash = 31 * hash + line.hashCode();
            hashes.add(hash);
        }
        return hashes;
    }

    /// The reference in a line of a book.
    static String reference(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private void wrong(String what) {
        falseAnswers.add(history.venue() + ": " + what);
    }
}
