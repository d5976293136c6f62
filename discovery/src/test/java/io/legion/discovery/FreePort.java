package io.legion.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// A port that nobody listens at, as the system says. It is below those that the system gives to whoever asks for any,
/// so no connection takes it before it is used.
final class FreePort {
    /// Tests that run side by side look in ranges of their own: one may start a process at a port that another has
    /// found free. A demonstration takes ports up to 1,000 above and below its base.
    private static final int FIRST = 12_000 + 10_000 * (Integer.getInteger("test.fork", 1) - 1);

    private static final int LAST = FIRST + 8_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /// Each time another one.
    static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
    }

    /// The base port of a demonstration: all ports that follow from it are free.
    static int base(int nodes) {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(FIRST, LAST);
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
