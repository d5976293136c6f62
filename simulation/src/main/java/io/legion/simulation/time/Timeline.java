package io.legion.simulation.time;

/// Virtual time, in microseconds since the run began. Actions happen in the order of their times, and of their
/// planning where the times are equal.
public final class Timeline {
    /// The wall clock at the beginning of every run: the first of January 2026.
    private static final long BEGIN_MILLIS = 1_767_225_600_000L;

    private final Agenda agenda = new Agenda();
    private long micros;

    public long micros() {
        return micros;
    }

    /// The right time of day.
    public long wallMillis() {
        return BEGIN_MILLIS + micros / 1000;
    }

    public void after(long delayMicros, Runnable action) {
        agenda.add(micros + Math.max(0, delayMicros), action);
    }

    public void afterMillis(long delayMillis, Runnable action) {
        after(delayMillis * 1000, action);
    }

    /// Lets the next planned action happen.
    ///
    /// @return false if nothing is planned
    public boolean step() {
        if (agenda.isEmpty()) {
            return false;
        }
        micros = agenda.firstMicros();
        agenda.removeFirst().run();
        return true;
    }
}
