package com.example.reservations.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// One caller: asks one thing after the other, each through any node, and tries again under the same key until there is
/// an answer. Used by one thread at a time.
final class Caller {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int NODES = 3;

    private final String name;
    private final Mode mode;
    private final Callers service;
    private final Tally tally;
    private final Seen.OfVenues seen;
    private final SplittableRandom random;
    private final Map<String, List<Integer>> held = new HashMap<>();
    private String session = "";
    private int count;

    /// @param seen what this caller has seen, or all of its mode if that has no sessions
    Caller(String name, Mode mode, Callers service, Tally tally, Seen.OfVenues seen, SplittableRandom random) {
        this.name = name;
        this.mode = mode;
        this.service = service;
        this.tally = tally;
        this.seen = seen;
        this.random = random;
    }

    void callUntil(BooleanSupplier isOver, List<VenueHistory> venues) throws InterruptedException {
        while (!isOver.getAsBoolean()) {
            var venue = venues.get(random.nextInt(venues.size()));
            if (random.nextInt(4) == 0) {
                read(venue);
            } else {
                request(venue, ask(venue.venue()), mode.answer());
            }
            Thread.sleep(random.nextInt(5, 20));
        }
    }

    void open(VenueHistory venue, int seats) throws InterruptedException {
        request(venue, new Ask(Ask.Kind.OPEN, seats), Mode.FINAL.answer());
    }

    private Ask ask(String venue) {
        var numbers = held.computeIfAbsent(venue, _ -> new ArrayList<>());
        if (numbers.isEmpty() || random.nextInt(3) == 0) {
            return new Ask(Ask.Kind.RESERVE, random.nextInt(1, 5));
        }
        int which = random.nextInt(numbers.size());
        return random.nextInt(3) == 0
                ? new Ask(Ask.Kind.CONFIRM, numbers.get(which))
                : new Ask(Ask.Kind.CANCEL, numbers.remove(which));
    }

    private void request(VenueHistory venue, Ask ask, String answer) throws InterruptedException {
        var reference = name + "-" + ++count;
        var target = ask.target(venue.venue(), name) + "answer=" + answer;
        var known = seen.of(venue.venue());
        int before = known.count();
        long begin = System.nanoTime();
        boolean isUnknown = false;
        int attempts = 0;
        Response response;
        do {
            attempts++;
            response = call(ask.method(), target, reference);
            isUnknown |= response.hasFate(Operation.Fate.UNKNOWN);
        } while (!isOver(response) && isWorthAnotherTry(begin));
        var operation = operation(reference, ask, begin, response, isUnknown);
        venue.add(operation);
        tally.answered(operation);
        if (operation.isApplied()) {
            known.add(List.of(reference));
        }
        if (operation.fate() == Operation.Fate.ANSWERED) {
            if (attempts == 1 && operation.number() <= before) {
                tally.falseAnswer(venue.venue() + ": " + before + " requests were known to be applied when it began, and it"
                        + " did not see them all: " + operation);
            }
            if (operation.outcome().equals("HELD")) {
                held.computeIfAbsent(venue.venue(), _ -> new ArrayList<>()).add(operation.number());
            }
            if (random.nextInt(10) == 0) {
                repeat(venue, target, operation);
            }
        }
    }

    private Response call(String method, String target, String reference) {
        var response = service.call(anyNode(), method, target, reference, session);
        if (mode.hasSessions()) {
            session = response.session().orElse(session);
        }
        return response;
    }

    private int anyNode() {
        return random.nextInt(1, NODES + 1);
    }

    private static boolean isOver(Response response) {
        return response.isAnswer()
                || response.hasFate(Operation.Fate.APPLIED)
                || (response.fate().isEmpty() && response.status() != 0);
    }

    /// Waits a moment before it says yes, so that a node that is gone is not asked all the time.
    private boolean isWorthAnotherTry(long begin) throws InterruptedException {
        tally.triedAgain();
        Thread.sleep(50);
        return System.nanoTime() - begin < PATIENCE_NANOS;
    }

    private Operation operation(String reference, Ask ask, long begin, Response response, boolean isUnknown) {
        long end = System.nanoTime();
        if (response.isAnswer()) {
            var words = response.body().strip().split(" ");
            return new Operation(
                    reference, ask, begin, end, Operation.Fate.ANSWERED, Integer.parseInt(words[0]), words[1]);
        }
        if (isOver(response) && !response.hasFate(Operation.Fate.APPLIED)) {
            tally.falseAnswer("an unexpected answer: " + response);
        }
        var fate = response.hasFate(Operation.Fate.APPLIED)
                ? Operation.Fate.APPLIED
                : isUnknown ? Operation.Fate.UNKNOWN : Operation.Fate.NOT_APPLIED;
        return new Operation(reference, ask, begin, end, fate, 0, "");
    }

    /// As a caller does whose connection broke before it had read the answer.
    private void repeat(VenueHistory venue, String target, Operation operation) {
        var response = call(operation.ask().method(), target, operation.reference());
        if (!response.isAnswer() || response.body().strip().equals(operation.number() + " " + operation.outcome())) {
            return;
        }
        tally.changed(1);
        if (mode == Mode.FINAL) {
            tally.falseAnswer(
                    venue.venue() + ": the answer was FINAL, and a repeat got " + response.body() + ": " + operation);
        }
    }

    private void read(VenueHistory venue) throws InterruptedException {
        var known = seen.of(venue.venue());
        var target = "/venues/" + venue.venue() + "/book?answer=" + mode.answer();
        long start = System.nanoTime();
        do {
            int before = known.count();
            long begin = System.nanoTime();
            var response = call("GET", target, "");
            if (response.isAnswer()) {
                var lines = response.lines().stream().filter(line -> !line.isEmpty()).toList();
                tally.read(System.nanoTime() - start);
                venue.add(Sight.of(begin, System.nanoTime(), lines));
                saw(venue.venue(), known, before, lines);
                return;
            }
        } while (isWorthAnotherTry(start));
    }

    private void saw(String venue, Seen known, int before, List<String> lines) {
        var shown = new HashSet<String>();
        lines.forEach(line -> shown.add(BookCheck.reference(line)));
        var missing = known.missing(before, shown);
        if (!missing.isEmpty()) {
            tally.falseAnswer(venue + ": a read shows " + lines.size() + " requests, without " + missing.size()
                    + " that were known to be applied when it began, such as " + missing.getLast());
        }
        known.add(shown);
    }
}
