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
    private final Wholeness wholeness;
    private final long pauseMillis;
    private final SplittableRandom random;
    private final Map<String, List<Integer>> held = new HashMap<>();
    private String session = "";
    private int count;

    /// @param seen what this caller has seen, or all of its mode if that has no sessions
    /// @param pauseMillis how long it waits on average before it asks for the next thing
    Caller(
            String name,
            Mode mode,
            Callers service,
            Tally tally,
            Seen.OfVenues seen,
            Wholeness wholeness,
            long pauseMillis,
            SplittableRandom random) {
        this.name = name;
        this.mode = mode;
        this.service = service;
        this.tally = tally;
        this.seen = seen;
        this.wholeness = wholeness;
        this.pauseMillis = pauseMillis;
        this.random = random;
    }

    /// Requests, and reads beside them.
    void callUntil(BooleanSupplier isOver, List<VenueHistory> venues) throws InterruptedException {
        while (!isOver.getAsBoolean()) {
            var venue = any(venues);
            if (random.nextInt(4) == 0) {
                read(venue, mode.readAnswer());
            } else {
                request(venue, ask(venue.venue()), mode.answer());
            }
            pause();
        }
    }

    /// Reads only, with the answers that requests want. Such a read may wait for a node that is down.
    void readUntil(BooleanSupplier isOver, List<VenueHistory> venues) throws InterruptedException {
        while (!isOver.getAsBoolean()) {
            read(any(venues), mode.answer());
            pause();
        }
    }

    private void pause() throws InterruptedException {
        Thread.sleep(random.nextLong(2 * pauseMillis + 1));
    }

    private VenueHistory any(List<VenueHistory> venues) {
        return venues.get(random.nextInt(venues.size()));
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
        long whole = wholeness.count();
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
            if (attempts == 1 && operation.number() <= before && mustShowAll(mode.answer(), whole)) {
                tally.falseAnswer(
                        venue.venue() + ": " + before + " requests were known to be applied when it began, and it"
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

    private void read(VenueHistory venue, String answer) throws InterruptedException {
        var known = seen.of(venue.venue());
        var target = "/venues/" + venue.venue() + "/book?answer=" + answer;
        long start = System.nanoTime();
        do {
            int before = known.count();
            long whole = wholeness.count();
            long begin = System.nanoTime();
            var response = call("GET", target, "");
            if (response.isAnswer()) {
                long end = System.nanoTime();
                var lines = response.lines().stream()
                        .filter(line -> !line.isEmpty())
                        .toList();
                tally.read(end - start);
                venue.add(Sight.of(begin, end, lines));
                var shown = new HashSet<String>();
                lines.forEach(line -> shown.add(BookCheck.reference(line)));
                if (mustShowAll(answer, whole)) {
                    requireAll(venue.venue(), known.missing(before, shown), lines.size());
                }
                if (mode.hasSessions() || !answer.equals("fast")) {
                    known.add(shown);
                }
                return;
            }
        } while (isWorthAnotherTry(start));
    }

    /// What somebody else was answered DURABLE, a node that is cut off cannot know, unless a session says so.
    private boolean mustShowAll(String answer, long wholeBefore) {
        return mode.hasSessions() || answer.equals("final") || wholeness.wasWholeSince(wholeBefore);
    }

    private void requireAll(String venue, List<String> missing, int shown) {
        if (!missing.isEmpty()) {
            tally.falseAnswer(venue + ": a read shows " + shown + " requests, without " + missing.size()
                    + " that were known to be applied when it began, such as " + missing.getLast());
        }
    }
}
