/// The values that users of Legion name, and the replication protocol as pure state machines.
///
/// Nothing here does I/O, reads a clock, draws a random number, starts a thread or logs.
@org.jspecify.annotations.NullMarked
module io.legion.core {
    requires static org.jspecify;

    exports io.legion.core;
    exports io.legion.core.codec;
    exports io.legion.core.placement;
    exports io.legion.core.shard;
}
