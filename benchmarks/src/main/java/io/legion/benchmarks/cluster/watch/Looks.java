package io.legion.benchmarks.cluster.watch;

/// How often those who watched were answered.
///
/// @param dashboard answers to the dashboard
/// @param scrapes answers to Prometheus, of all nodes together
public record Looks(long dashboard, long scrapes) {
    /// Nobody has watched yet.
    public static final Looks NONE = new Looks(0, 0);

    /// Both together.
    public Looks plus(Looks others) {
        return new Looks(dashboard + others.dashboard, scrapes + others.scrapes);
    }
}
