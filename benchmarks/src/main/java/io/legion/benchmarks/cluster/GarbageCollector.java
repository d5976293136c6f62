package io.legion.benchmarks.cluster;

/// The garbage collector of the nodes.
enum GarbageCollector {
    /// The one that does the most work for its processor time.
    PARALLEL("-XX:+UseParallelGC"),
    /// The JVM's own choice on a server.
    G1("-XX:+UseG1GC"),
    /// The one with the shortest pauses; it has generations.
    Z("-XX:+UseZGC");

    private final String flag;

    GarbageCollector(String flag) {
        this.flag = flag;
    }

    /// The JVM's option that chooses it.
    String flag() {
        return flag;
    }
}
