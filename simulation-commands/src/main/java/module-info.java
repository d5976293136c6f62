/// The commands of Legion's developers: `./legion simulate` runs simulated clusters, `./legion mutants` shows that the
/// simulation finds planted bugs. Users of the simulation do not need this module, nor the libraries that it takes.
@org.jspecify.annotations.NullMarked
module io.legion.simulation.commands {
    requires info.picocli;
    requires io.legion.simulation;
    requires java.compiler;
    requires static org.jspecify;

    opens io.legion.simulation.commands to
            info.picocli;
}
