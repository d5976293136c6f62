package com.example.reservations.check;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Rounds of load and faults on three nodes, each followed by a look at what the venues' books say.
///
/// Each round has venues of its own, which stay small, and are looked at once more in the end.
final class Check {
    private static final int VENUES = 24;
    private static final int SEATS = 40;
    private static final long PAUSE_MILLIS = 12;
    private static final long CALM_MILLIS = 1_000;
    private static final int TRIES = 12;

    /// What a run does.
    ///
    /// @param release which all nodes begin with
    /// @param rounds what happens in each of them, in this order
    /// @param callers how many there are of each mode
    /// @param route which copy of a venue serves: `preferred`, or `nearest`, which makes more of sessions
    record Plan(Release release, List<List<Happening>> rounds, Set<Mode> modes, int callers, String route, long seed) {}

    /// @param falseAnswers what was answered and is not so, a sentence each
    record Result(List<String> falseAnswers, List<Tally> tallies) {}

    private final Plan plan;
    private final Nodes nodes;
    private final PrintStream out;
    private final SplittableRandom random;
    private final Map<Mode, Tally> tallies = new EnumMap<>(Mode.class);
    private final Map<Mode, List<Caller>> callers = new EnumMap<>(Mode.class);
    private final Map<VenueHistory, List<String>> books = new LinkedHashMap<>();
    private final Map<String, Integer> free = new TreeMap<>();
    private final Map<String, Integer> sold = new TreeMap<>();
    private volatile String now = "";

    private Check(Plan plan, Nodes nodes, PrintStream out) {
        this.plan = plan;
        this.nodes = nodes;
        this.out = out;
        this.random = new SplittableRandom(plan.seed());
        for (var mode : plan.modes()) {
            var tally = new Tally(mode, () -> now);
            var all = new Seen.OfVenues();
            var ofMode = new ArrayList<Caller>();
            for (int i = 1; i <= plan.callers(); i++) {
                var name = mode.text() + "-" + i;
                var seen = mode.hasSessions() ? new Seen.OfVenues() : all;
                ofMode.add(new Caller(
                        name, mode, nodes.callers(), tally, seen, nodes.wholeness(), PAUSE_MILLIS, random.split()));
            }
            tallies.put(mode, tally);
            callers.put(mode, ofMode);
        }
    }

    /// @param directory where the nodes keep their stores and logs; empty
    static Result run(Plan plan, Path directory, PrintStream out) throws IOException, InterruptedException {
        try (var nodes = Nodes.open(directory, plan.release(), plan.route())) {
            var check = new Check(plan, nodes, out);
            for (int round = 1; round <= plan.rounds().size(); round++) {
                check.round(round);
            }
            check.lookAgain();
            return check.report();
        }
    }

    private void round(int round) throws IOException, InterruptedException {
        int before = answers();
        var venues = venues(round);
        var isOver = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        callers.forEach((mode, ofMode) -> ofMode.forEach(caller -> {
            boolean onlyReads = !mode.hasSessions() && caller == ofMode.getLast() && ofMode.size() > 1;
            threads.add(Thread.ofVirtual().start(() -> call(mode, caller, onlyReads, isOver::get, venues.get(mode))));
        }));
        try {
            for (var happening : plan.rounds().get(round - 1)) {
                now = "round " + round + ", before " + happening;
                Thread.sleep(CALM_MILLIS);
                int victim = random.nextInt(1, Nodes.COUNT + 1);
                now = "round " + round + ", " + happening + (happening.isOfVictim() ? " of node " + victim : "");
                happening.happen(nodes, victim);
            }
            Thread.sleep(CALM_MILLIS);
        } finally {
            isOver.set(true);
        }
        for (var thread : threads) {
            thread.join();
        }
        now = "after round " + round;
        venues.values().forEach(ofMode -> ofMode.forEach(this::look));
        for (int node = 1; node <= Nodes.COUNT; node++) {
            index(node);
        }
        out.println("round " + round + ": " + (answers() - before) + " answers, "
                + falseAnswers().size() + " false ones so far");
    }

    private void call(Mode mode, Caller caller, boolean onlyReads, BooleanSupplier isOver, List<VenueHistory> venues) {
        try {
            if (onlyReads) {
                caller.readUntil(isOver, venues);
            } else {
                caller.callUntil(isOver, venues);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            tallies.get(mode).falseAnswer("a caller understood nothing: " + unexpected);
        }
    }

    /// Opens venues for each mode.
    private Map<Mode, List<VenueHistory>> venues(int round) throws InterruptedException {
        var venues = new EnumMap<Mode, List<VenueHistory>>(Mode.class);
        for (var mode : plan.modes()) {
            var ofMode = new ArrayList<VenueHistory>();
            for (int i = 1; i <= VENUES / plan.modes().size(); i++) {
                var venue = new VenueHistory(
                        "round-" + round + "-" + mode.text() + "-" + i,
                        mode,
                        nodes.callers().version());
                callers.get(mode).getFirst().open(venue, SEATS);
                ofMode.add(venue);
            }
            venues.put(mode, ofMode);
        }
        return venues;
    }

    /// Looks at a venue through each node, after all requests.
    private void look(VenueHistory venue) {
        var tally = tallies.get(venue.mode());
        var book = book(1, venue);
        var check = BookCheck.of(venue, book);
        var seats = SEATS + " seats, " + check.free() + " free";
        var wanted = nodes.callers().version() >= 2 ? seats + ", for " + venue.cents() + " cents each" : seats;
        for (int node = 1; node <= Nodes.COUNT; node++) {
            if (!book(node, venue).equals(book)) {
                tally.falseAnswer(venue.venue() + ": node " + node + " shows another book than node 1");
            }
            var shown = answer(node, "/venues/" + venue.venue()).body();
            if (!shown.startsWith(wanted)) {
                tally.falseAnswer(venue.venue() + ": node " + node + " shows " + shown + ", and not " + wanted);
            }
        }
        check.falseAnswers().forEach(tally::falseAnswer);
        tally.changed(check.changed());
        books.put(venue, book);
        free.put(venue.venue(), check.free());
        sold.put(venue.venue(), check.sold());
    }

    /// The index has the seats that the books say. Venues that are sold out it need not have among the free ones.
    private void index(int node) {
        search(node, "free", 1, free);
        if (nodes.callers().version() >= 3) {
            search(node, "sold", 0, sold);
        }
    }

    private void search(int node, String name, int least, Map<String, Integer> all) {
        var found = new TreeMap<String, Integer>();
        for (var row : answer(node, "/venues?" + name + "=" + least).rows()) {
            var words = row.split(" ");
            found.put(words[0], Integer.parseInt(words[1]));
        }
        var wanted = new TreeMap<>(all);
        wanted.values().removeIf(seats -> seats < least);
        if (!found.equals(wanted)) {
            tallies.get(plan.modes().iterator().next())
                    .falseAnswer("a search through node " + node + " finds " + found.size() + " venues by their " + name
                            + " seats, and the books say " + wanted.size() + ": " + found + ", not " + wanted);
        }
    }

    /// What was FINAL stays so, whatever happened since.
    private void lookAgain() {
        books.forEach((venue, book) -> {
            if (!book(1, venue).equals(book)) {
                tallies.get(venue.mode()).falseAnswer(venue.venue() + ": its book changed after its round");
            }
        });
    }

    private List<String> book(int node, VenueHistory venue) {
        return answer(node, "/venues/" + venue.venue() + "/book?answer=final").rows();
    }

    /// The nodes have all come back: the answer may take a while, but comes.
    private Response answer(int node, String target) {
        for (int i = 0; i < TRIES; i++) {
            var response = nodes.callers().get(node, target);
            if (response.isAnswer()) {
                return response;
            }
        }
        throw new IllegalStateException("node " + node + " does not answer " + target);
    }

    private int answers() {
        return tallies.values().stream().mapToInt(Tally::answers).sum();
    }

    private List<String> falseAnswers() {
        return tallies.values().stream()
                .flatMap(tally -> tally.falseAnswers().stream())
                .toList();
    }

    private Result report() {
        var report = new StringBuilder("\n").append(Tally.HEAD);
        tallies.values().forEach(tally -> report.append(tally.line()));
        out.println(report);
        return new Result(falseAnswers(), List.copyOf(tallies.values()));
    }
}
