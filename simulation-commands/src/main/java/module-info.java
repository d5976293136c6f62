/// The commands of the simulation: `./legion simulate` runs simulated clusters, `./legion mutants` shows that the
/// simulation finds planted bugs, `./legion shapes` compares a user's types with what is kept of their versions.
/// Users of the simulation in tests do not need this module, nor the libraries that it takes.
@org.jspecify.annotations.NullMarked
module io.legion.simulation.commands {
    requires info.picocli;
    requires io.legion.simulation;
    requires java.compiler;
    requires static org.jspecify;

    opens io.legion.simulation.commands to
            info.picocli;
}
