/// Legion on threads: what a service opens and uses ([io.legion]), what writers of stores and clusters implement
/// ([io.legion.spi]), and the engine between the two, which nobody else names.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the simulation is built later than what it simulates
module io.legion.runtime {
    requires java.management;
    requires jdk.jfr;
    requires transitive io.legion.core;
    requires transitive io.legion.service;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports io.legion;
    exports io.legion.founding;
    exports io.legion.memory;
    exports io.legion.operations;
    exports io.legion.recording;
    exports io.legion.spi;
    exports io.legion.runtime.host to
            io.legion.simulation;
    exports io.legion.runtime.lane to
            io.legion.simulation;
    exports io.legion.runtime.node to
            io.legion.simulation;
    exports io.legion.runtime.search to
            io.legion.simulation;
    exports io.legion.runtime.storage to
            io.legion.simulation;

    // The codec reads what nodes ask each other for their operators.
    opens io.legion.runtime.operator to
            io.legion.core;
}
