package com.example.reservations.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

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
        if (random.nextInt(3) == 0) {
            return new Ask(Ask.Kind.CONFIRM, numbers.get(which));
        }
        return service.version() >= 3 && random.nextBoolean()
                ? new Ask(Ask.Kind.REFUND, numbers.get(which))
                : new Ask(Ask.Kind.CANCEL, numbers.remove(which));
    }

    /// What was known when a request or a read began.
    private record Start(int known, long whole, long nanos) {}

    private Start start(Seen known) {
        return new Start(known.count(), wholeness.count(), System.nanoTime());
    }

    private void request(VenueHistory venue, Ask ask, String answer) throws InterruptedException {
        var known = seen.of(venue.venue());
        var start = start(known);
        var target = ask.target(venue, name) + "answer=" + answer;
        var operation = request(name + "-" + ++count, ask, target, start.nanos());
        venue.add(operation);
        tally.answered(operation);
        if (operation.isApplied()) {
            known.add(List.of(operation.reference()));
        }
        if (operation.fate() == Operation.Fate.ANSWERED) {
            requireLaterThan(venue.venue(), operation, start);
            remember(venue.venue(), operation);
            if (random.nextInt(10) == 0) {
                repeat(venue, target, operation);
            }
        }
    }

    /// Which reservations it may confirm and give back: the new one, and one that it could not give back this way.
    private void remember(String venue, Operation operation) {
        var numbers = held.computeIfAbsent(venue, _ -> new ArrayList<>());
        if (operation.outcome().equals("HELD")) {
            numbers.add(operation.number());
        } else if (operation.outcome().equals("FIRM")) {
            numbers.add(operation.ask().amount());
        }
    }

    private Operation request(String reference, Ask ask, String target, long begin) throws InterruptedException {
        boolean isUnknown = false;
        Response response;
        do {
            response = call(ask.method(), target, reference);
            isUnknown |= response.hasFate(Operation.Fate.UNKNOWN);
        } while (response.isNoAnswer() && isWorthAnotherTry(begin));
        long end = System.nanoTime();
        if (response.isAnswer()) {
            var words = response.body().strip().split(" ");
            int number = Integer.parseInt(words[0]);
            return new Operation(reference, ask, begin, end, Operation.Fate.ANSWERED, number, words[1]);
        }
        return new Operation(reference, ask, begin, end, fate(response, isUnknown), 0, "");
    }

    private Operation.Fate fate(Response last, boolean isUnknown) {
        if (last.hasFate(Operation.Fate.APPLIED)) {
            return Operation.Fate.APPLIED;
        }
        if (!last.isNoAnswer()) {
            tally.falseAnswer("an answer that nobody asked for: " + last);
        }
        return isUnknown ? Operation.Fate.UNKNOWN : Operation.Fate.NOT_APPLIED;
    }

    /// The receipt counts all that was known.
    private void requireLaterThan(String venue, Operation operation, Start start) {
        if (operation.number() <= start.known() && mustShowAll(mode.answer(), start)) {
            tally.falseAnswer(venue + ": " + start.known() + " requests were known to be applied when it began, and it"
                    + " did not see them all: " + operation);
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

    /// Waits a moment before it says yes, so that a node that is gone is not asked all the time.
    private boolean isWorthAnotherTry(long begin) throws InterruptedException {
        tally.triedAgain();
        Thread.sleep(50);
        return System.nanoTime() - begin < PATIENCE_NANOS;
    }

    /// As a caller does whose connection broke before it had read the answer.
    private void repeat(VenueHistory venue, String target, Operation operation) {
        var response = call(operation.ask().method(), target, operation.reference());
        if (response.isNoAnswer() || response.hasFate(Operation.Fate.APPLIED)) {
            return;
        }
        var receipt = operation.number() + " " + operation.outcome();
        boolean isSame = response.body().strip().equals(receipt);
        if (!response.isAnswer() || (!isSame && mode == Mode.FINAL)) {
            tally.falseAnswer(venue.venue() + ": a repeat got " + response + ": " + operation);
        } else if (!isSame) {
            tally.changed(1);
        }
    }

    private void read(VenueHistory venue, String answer) throws InterruptedException {
        var known = seen.of(venue.venue());
        var target = "/venues/" + venue.venue() + "/book?answer=" + answer;
        long begin = System.nanoTime();
        do {
            var start = start(known);
            var response = call("GET", target, "");
            if (response.isAnswer()) {
                saw(venue, known, answer, start, response.rows());
                tally.read(System.nanoTime() - begin);
                return;
            }
        } while (isWorthAnotherTry(begin));
    }

    private void saw(VenueHistory venue, Seen known, String answer, Start start, List<String> book) {
        venue.add(Sight.of(start.nanos(), System.nanoTime(), book));
        var shown = book.stream().map(BookCheck::reference).collect(Collectors.toSet());
        var missing = known.missing(start.known(), shown);
        if (!missing.isEmpty() && mustShowAll(answer, start)) {
            tally.falseAnswer(venue.venue() + ": a read shows " + book.size() + " requests, without " + missing.size()
                    + " that were known to be applied when it began, such as " + missing.getLast());
        }
        if (mode.hasSessions() || !answer.equals("fast")) {
            known.add(shown);
        }
    }

    /// What somebody else was answered DURABLE, a node that is cut off cannot know, unless a session says so.
    private boolean mustShowAll(String answer, Start start) {
        return mode.hasSessions() || answer.equals("final") || wholeness.wasWholeSince(start.whole());
    }
}
