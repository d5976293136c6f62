package io.legion.discovery.process;

import java.util.Optional;

/// Specification of the files, sockets among them, that the operating system lets this process have open.
///
/// **Threads.** Any.
public interface FileHandles {
    /// How it is now; empty if the system does not say.
    Optional<Use> use();

    /// How many there are.
    ///
    /// @param most how many this process may have open at once
    /// @param open how many it has open
    record Use(long most, long open) {}
}
