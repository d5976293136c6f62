package io.legion.cluster.jgroups;

import io.legion.cluster.jgroups.address.HostPort;
import io.legion.service.Default;
import java.nio.file.Path;
import java.util.List;

/// Where to look for other nodes. A node looks again and again: one node found leads to all others.
public sealed interface Discovery {

    /// A list.
    ///
    /// @param addresses each `host:port`; each look resolves the names anew
    record Static(List<String> addresses) implements Discovery {

        /// @throws IllegalArgumentException if an address is not host:port
        public Static {
            addresses = List.copyOf(addresses);
            addresses.forEach(address -> HostPort.parse("addresses", address));
        }
    }

    /// A name that stands for the addresses of all nodes, such as a headless service of Kubernetes.
    ///
    /// @param name the name to resolve
    /// @param port where every node listens
    record Dns(String name, @Default("7760") int port) implements Discovery {

        /// @throws IllegalArgumentException if the port is none
        public Dns {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port must be 1 to 65535, but is " + port + ".");
            }
        }
    }

    /// A file with one `host:port` a line (`#` begins a comment), read at each look: it may change or be
    /// missing.
    ///
    /// @param path of the file
    record File(Path path) implements Discovery {}
}
