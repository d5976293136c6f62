package io.legion.runtime.recording;

import io.legion.recording.HistoryStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A bounded sample of steps in which rare kinds of events keep their place: while there is room everything is kept;
/// then a step of a kind that has fewer than the most frequent one takes the place of one of those, and a step of the
/// most frequent kind that of another one by chance, so that those kept are from all the time (Vitter, *Random
/// Sampling with a Reservoir*, 1985).
///
/// Owned by one thread.
final class BalancedSample {
    private final int mostSteps;
    private final long mostBytes;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final SplittableRandom random = new SplittableRandom(17);
    private int steps;
    private long bytes;

    /// The steps of one kind.
    private static final class Kind {
        final ArrayList<HistoryStep> kept = new ArrayList<>();
        long seen;
    }

    BalancedSample(int mostSteps, long mostBytes) {
        this.mostSteps = mostSteps;
        this.mostBytes = mostBytes;
    }

    int size() {
        return steps;
    }

    /// Takes a step, or not.
    ///
    /// @param name of the kind
    /// @throws IllegalArgumentException if there would be no room for it even alone
    void offer(String name, HistoryStep step) {
        if (step.size() > mostBytes) {
            throw new IllegalArgumentException(
                    "a step has " + step.size() + " bytes, and all together may have " + mostBytes);
        }
        Kind kind = kinds.computeIfAbsent(name, _ -> new Kind());
        kind.seen++;
        if (hasRoom(step)) {
            add(kind, step);
        } else {
            exchange(kind, step);
        }
    }

    private boolean hasRoom(HistoryStep step) {
        return steps < mostSteps && bytes + step.size() <= mostBytes;
    }

    private void exchange(Kind kind, HistoryStep step) {
        Kind largest = largest();
        if (kind.kept.size() < largest.kept.size() || random.nextLong(kind.seen) < kind.kept.size()) {
            while (!hasRoom(step)) {
                drop(largest());
            }
            add(kind, step);
        }
    }

    private Kind largest() {
        return kinds.values().stream()
                .max(Comparator.comparingInt(kind -> kind.kept.size()))
                .orElseThrow();
    }

    private void add(Kind kind, HistoryStep step) {
        kind.kept.add(step);
        steps++;
        bytes += step.size();
    }

    private void drop(Kind kind) {
        int last = kind.kept.size() - 1;
        int victim = random.nextInt(kind.kept.size());
        bytes -= kind.kept.get(victim).size();
        steps--;
        kind.kept.set(victim, kind.kept.get(last));
        kind.kept.remove(last);
    }

    /// What is kept, in the order of the events.
    List<HistoryStep> steps() {
        return kinds.values().stream()
                .flatMap(kind -> kind.kept.stream())
                .sorted(Comparator.comparing(HistoryStep::id).thenComparing(HistoryStep::key))
                .toList();
    }
}
