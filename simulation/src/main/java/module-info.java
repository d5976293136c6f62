/// A whole cluster in one thread under virtual time, with simulated faults of networks, disks, clocks and people,
/// everything from one seed: for Legion itself, and for the tests of users' own events.
@org.jspecify.annotations.NullMarked
module io.legion.simulation {
    requires transitive io.legion.runtime;
    requires info.picocli;
    requires java.management;
    requires java.compiler;
    requires static org.jspecify;

    exports io.legion.simulation;

    opens io.legion.simulation to
            info.picocli,
            io.legion.core;
}
