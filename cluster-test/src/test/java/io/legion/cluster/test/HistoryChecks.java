package io.legion.cluster.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether what the clients have seen of one key fits the markers that it has in the end.
final class HistoryChecks {
    private final int key;
    private final List<Long> markers;
    private final List<Operation> operations;
    private final Set<String> lost;
    private final Map<Long, Integer> places = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();

    private HistoryChecks(int key, List<Long> markers, List<Operation> operations, Set<String> lost) {
        this.key = key;
        this.markers = markers;
        this.operations = operations;
        this.lost = lost;
    }

    /// What is broken, a sentence each.
    ///
    /// @param states of each key its markers in the end
    /// @param lost the ids of the requests that are listed as lost
    static List<String> breaches(History history, List<List<Long>> states, Set<String> lost) {
        var breaches = new ArrayList<>(history.breaches());
        var operations = history.operations();
        for (int i = 0; i < states.size(); i++) {
            int key = i;
            var own = operations.stream().filter(o -> o.key() == key).toList();
            var checks = new HistoryChecks(key, states.get(key), own, lost);
            checks.onceEach();
            own.forEach(checks::fate);
            checks.inRealTime();
            history.settled().stream().filter(s -> s.key() == key).forEach(checks::settled);
            breaches.addAll(checks.breaches);
        }
        return breaches;
    }

    private void onceEach() {
        for (int i = 0; i < markers.size(); i++) {
            var before = places.put(markers.get(i), i + 1);
            if (before != null) {
                broken("the request " + markers.get(i) + " was applied twice, at " + before + " and " + (i + 1));
            }
        }
    }

    private void fate(Operation operation) {
        if (operation.kind().isRead()) {
            return;
        }
        var place = places.get(operation.marker());
        switch (operation.outcome()) {
            case Operation.OK -> answered(operation, place);
            case "APPLIED" -> {
                if (place == null) {
                    broken("was told to be applied, and is not there: " + operation);
                }
            }
            case "NOT_APPLIED" -> {
                if (place != null) {
                    broken("was told not to be applied, and is there at " + place + ": " + operation);
                }
            }
            default -> {}
        }
    }

    private void answered(Operation operation, @Nullable Integer place) {
        boolean mayBeListed = operation.kind() == Operation.Kind.FAST;
        if (place == null && !(mayBeListed && lost.contains(operation.id()))) {
            broken("was answered, and is not there: " + operation);
        }
        boolean isFinal = operation.kind() == Operation.Kind.FINAL;
        if (isFinal && place != null && place != operation.position()) {
            broken("was answered FINAL, and is at " + place + " in the end: " + operation);
        }
    }

    private void settled(History.Settled told) {
        var place = places.get(told.marker());
        if (place == null || place != told.position()) {
            broken("was told later to be final, and is at " + place + " in the end: " + told);
        }
    }

    /// What ended before something else began comes before it: a write is at twice its place, a read of so many markers
    /// just after the last of them.
    private void inRealTime() {
        var done = operations.stream()
                .filter(HistoryChecks::isFinal)
                .sorted(Comparator.comparingLong(Operation::endNanos))
                .toList();
        var begun = done.stream()
                .sorted(Comparator.comparingLong(Operation::beginNanos))
                .toList();
        var hashes = Operation.hashes(markers);
        int next = 0;
        long latest = 0;
        for (var operation : begun) {
            for (; done.get(next).endNanos() < operation.beginNanos(); next++) {
                latest = Math.max(latest, point(done.get(next)));
            }
            if (point(operation) < latest) {
                broken("began after something at " + latest / 2 + " had ended, and is before it: " + operation);
            }
            boolean saw = operation.kind() == Operation.Kind.FINAL_READ;
            if (saw && !isPrefix(operation, hashes)) {
                broken("saw what is not in history: " + operation);
            }
        }
    }

    private static boolean isPrefix(Operation read, List<Long> hashes) {
        return read.position() < hashes.size() && hashes.get((int) read.position()) == read.hash();
    }

    private static boolean isFinal(Operation operation) {
        return operation.isAnswered()
                && (operation.kind() == Operation.Kind.FINAL || operation.kind() == Operation.Kind.FINAL_READ);
    }

    private static long point(Operation operation) {
        return 2 * operation.position() + (operation.kind().isRead() ? 1 : 0);
    }

    private void broken(String what) {
        breaches.add("key " + key + ": " + what);
    }

    /// Of each key its markers, as a node tells them.
    static List<List<Long>> parse(String states) {
        var all = new ArrayList<List<Long>>();
        for (var state : states.split(";", -1)) {
            var markers = new ArrayList<Long>();
            for (var marker : state.strip().split(",")) {
                if (!marker.isEmpty()) {
                    markers.add(Long.parseLong(marker));
                }
            }
            all.add(markers);
        }
        return all;
    }

    /// The ids in a node's answer.
    static Set<String> ids(String answer) {
        var ids = new HashSet<String>();
        for (var id : answer.strip().split(" ")) {
            ids.add(id);
        }
        return ids;
    }
}
