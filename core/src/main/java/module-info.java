/// The values that users of Legion name, and the replication protocol as pure state machines.
///
/// Nothing here does I/O, reads a clock, draws a random number, starts a thread or logs.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // what simulates and measures the core is built later
module io.legion.core {
    requires static org.jspecify;

    exports io.legion.core;
    exports io.legion.core.codec to
            io.legion.runtime,
            io.legion.simulation;
    exports io.legion.core.placement to
            io.legion.runtime,
            io.legion.simulation;
    exports io.legion.core.primitive to
            io.legion.runtime,
            io.legion.simulation;
    exports io.legion.core.shard to
            io.legion.benchmarks,
            io.legion.runtime,
            io.legion.simulation;
}
