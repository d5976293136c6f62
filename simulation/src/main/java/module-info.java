/// A whole cluster in one thread under virtual time, with simulated faults of networks, disks, clocks and people,
/// everything from one seed: for the tests of users' own events ([io.legion.simulation]), and for Legion itself.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the commands are built later than what they run
module io.legion.simulation {
    requires transitive io.legion.runtime;
    requires java.management;
    requires static org.jspecify;

    exports io.legion.simulation;
    exports io.legion.simulation.rehearsal;
    exports io.legion.simulation.shapes;
    exports io.legion.simulation.runs to
            io.legion.simulation.commands;
    exports io.legion.simulation.scene to
            io.legion.simulation.commands;

    // For the codec, which makes its records.
    opens io.legion.simulation.workload to
            io.legion.core;
}
