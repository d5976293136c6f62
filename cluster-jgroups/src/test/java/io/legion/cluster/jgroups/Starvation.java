package io.legion.cluster.jgroups;

import io.legion.cluster.jgroups.address.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Connections to a port for nodes that never show who they are: some say nothing, some say the beginning of a
/// handshake, a byte now and then. Each comes again when it is closed.
final class Starvation implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(350);

    /// How a `ClientHello` begins, whose 512 bytes take minutes at this rate.
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private final InetSocketAddress target;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private Starvation(HostPort target) {
        this.target = new InetSocketAddress(target.addresses().getFirst(), target.port());
    }

    /// Begins, and returns when the port has been hit.
    ///
    /// @param silent how many say nothing
    /// @param slow how many say a byte now and then
    static Starvation of(String address, int silent, int slow) throws IOException {
        var starvation = new Starvation(HostPort.parse("address", address));
        for (int i = 0; i < silent + slow; i++) {
            boolean speaks = i >= silent;
            var first = starvation.connect();
            starvation.threads.add(Thread.startVirtualThread(() -> starvation.repeat(first, speaks)));
        }
        return starvation;
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.connect(target, 5_000);
        socket.setSoTimeout((int) BETWEEN.toMillis());
        return socket;
    }

    private void repeat(Socket first, boolean speaks) {
        var socket = first;
        while (!over) {
            try (var current = socket) {
                hold(current, speaks);
            } catch (IOException closed) {
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            try {
                socket = connect();
            } catch (IOException refused) {
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
        try {
            socket.close();
        } catch (IOException closed) {
            // It is over.
        }
    }

    /// Returns when the other side has closed.
    private void hold(Socket socket, boolean speaks) throws IOException {
        for (int said = 0; !over; said++) {
            if (speaks) {
                socket.getOutputStream().write(said < HELLO.length ? HELLO[said] : 0);
            }
            try {
                if (socket.getInputStream().read() < 0) {
                    return;
                }
            } catch (java.net.SocketTimeoutException open) {
                // Still open: go on.
            }
        }
    }

    @Override
    public void close() {
        over = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
