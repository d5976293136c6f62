/// The commands with which an operator looks at a cluster and acts on it: `./legion status`, `doctor`, `eject` and the
/// others. They ask an admin service over HTTP, and know nothing of the engine.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the registry is built later
module io.legion.command {
    requires info.picocli;
    requires io.legion.backup;
    requires io.legion.core;
    requires io.legion.runtime;
    requires io.legion.service;
    requires java.net.http;
    requires org.jspecify;
    requires tools.jackson.databind;

    exports io.legion.command.line to
            io.legion.discovery;

    opens io.legion.command to
            info.picocli;
    opens io.legion.command.asking to
            info.picocli;
    opens io.legion.command.backup to
            info.picocli;
    opens io.legion.command.file to
            info.picocli;
    opens io.legion.command.order to
            info.picocli;
}
