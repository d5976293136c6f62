package io.legion.service;

/// The lowest priority that a logger keeps, which somebody may change while it logs. The program that opens the
/// logger has it ([FileLogger#threshold], [ConsoleLogger#threshold]); whoever only logs does not.
///
/// **Threads.** Any; a change holds for what is logged after it.
public final class LogThreshold {
    private volatile Logger.Priority lowest;

    /// @param lowest what holds until somebody changes it
    public LogThreshold(Logger.Priority lowest) {
        this.lowest = lowest;
    }

    /// The lowest priority that is kept.
    public Logger.Priority lowest() {
        return lowest;
    }

    /// From now on this is the lowest priority that is kept.
    public void set(Logger.Priority priority) {
        lowest = priority;
    }

    boolean lets(Logger.Priority priority) {
        return priority.compareTo(lowest) >= 0;
    }
}
