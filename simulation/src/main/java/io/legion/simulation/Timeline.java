package io.legion.simulation;

import java.util.PriorityQueue;

/// Virtual time, in microseconds since the run began: what is planned happens in the order of its times, and of
/// its planning where the times are equal.
final class Timeline {
    /// The wall clock at the beginning of every run: the first of January 2026.
    private static final long BEGIN_MILLIS = 1_767_225_600_000L;

    private record Planned(long micros, long number, Runnable action) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = Long.compare(micros, other.micros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private long micros;
    private long count;

    long micros() {
        return micros;
    }

    /// The right time of day.
    long wallMillis() {
        return BEGIN_MILLIS + micros / 1000;
    }

    void after(long delayMicros, Runnable action) {
        planned.add(new Planned(micros + Math.max(0, delayMicros), count++, action));
    }

    void afterMillis(long delayMillis, Runnable action) {
        after(delayMillis * 1000, action);
    }

    /// Lets what is planned next happen.
    ///
    /// @return false if nothing is planned
    boolean step() {
        Planned next = planned.poll();
        if (next == null) {
            return false;
        }
        micros = next.micros;
        next.action.run();
        return true;
    }
}
