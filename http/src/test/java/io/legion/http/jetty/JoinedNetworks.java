package io.legion.http.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A network for a server and one for its clients, joined by a cable: two namespaces of Linux with a pair of virtual
/// interfaces. The buffers of sockets are small in both, so that a socket seldom takes all that it is given.
///
/// Nothing of it is seen from outside, and all of it goes when it is closed.
final class JoinedNetworks implements AutoCloseable {
    /// The server's address.
    static final String SERVER = "10.78.0.1";

    private static final String CLIENTS = "10.78.0.2";

    /// Least, at first and at most, in bytes.
    private static final String SMALL_BUFFERS =
            "cd /proc/sys/net/ipv4 && echo 4096 8192 16384 > tcp_rmem && echo 4096 16384 32768 > tcp_wmem";

    private final String name = "legion" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
    private final String server = name + "s";
    private final String clients = name + "c";
    private final List<String> made = new ArrayList<>();

    private JoinedNetworks() {}

    /// Why such networks cannot be made here; empty if they can.
    static Optional<String> refusal() {
        try (var _ = open()) {
            return Optional.empty();
        } catch (IllegalStateException | UncheckedIOException refused) {
            return Optional.of("Not tested: network namespaces cannot be made here (that takes Linux, the command ip"
                    + " and root): " + refused.getMessage());
        }
    }

    /// @throws IllegalStateException if they cannot be made; then nothing is left of them
    static JoinedNetworks open() {
        var networks = new JoinedNetworks();
        // However this process ends, nothing is left.
        Runtime.getRuntime().addShutdownHook(new Thread(networks::close));
        try {
            networks.make();
            return networks;
        } catch (RuntimeException failure) {
            networks.close();
            throw failure;
        }
    }

    private void make() {
        for (var namespace : List.of(server, clients)) {
            ip("netns", "add", namespace);
            made.add(namespace);
        }
        ip("-n", server, "link", "add", "out", "type", "veth", "peer", "name", "out", "netns", clients);
        begin(server, SERVER);
        begin(clients, CLIENTS);
    }

    private static void begin(String namespace, String address) {
        ip("-n", namespace, "addr", "add", address + "/24", "dev", "out");
        ip("-n", namespace, "link", "set", "out", "up");
        ip("-n", namespace, "link", "set", "lo", "up");
        ip("netns", "exec", namespace, "/bin/sh", "-c", SMALL_BUFFERS);
    }

    /// How a command begins that is to run in the network of the server.
    List<String> atServer() {
        return List.of("ip", "netns", "exec", server);
    }

    /// How a command begins that is to run in the network of the clients.
    List<String> atClients() {
        return List.of("ip", "netns", "exec", clients);
    }

    private static void ip(String... arguments) {
        var command = Stream.concat(Stream.of("ip"), Stream.of(arguments)).toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Takes away what was made. The processes inside are to be gone. Closing again does nothing.
    @Override
    public synchronized void close() {
        while (!made.isEmpty()) {
            ip("netns", "del", made.removeLast());
        }
    }
}
