package io.legion.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// A port that nobody listens at, from the system.
final class FreePort {
    private FreePort() {}

    static int next() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The base port of a demonstration: all ports that follow from it are free. They are below those that the
    /// system gives to whoever asks for any.
    static int base(int nodes) {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(11_000, 30_000);
            if (IntStream.rangeClosed(1, nodes).allMatch(node -> areFree(base + node))) {
                return base;
            }
        }
    }

    /// That of the registry, of the peers and of the admin service.
    private static boolean areFree(int port) {
        return isFree(port) && isFree(port - 1_000) && isFree(port + 1_000);
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
