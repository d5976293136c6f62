package io.legion.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that mean harm, each on a thread of its own, until this is closed: they send malformed requests and tricks
/// with paths as fast as they can, ask for pages without an end on connections that stay, announce and send huge
/// bodies, and send slowly.
final class Attackers implements AutoCloseable {
    private static final int OF_EACH_KIND = 8;
    private static final int SLOW = 200;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int FIRST = 50;
    private static final int SLOWLY_MILLIS = 500;
    private static final String ORDER = "POST /force HTTP/1.1\r\nHost: 127.0.0.1\r\nLegion-Act: yes\r\n";

    private final int port;
    /// How many requests have an answer, or their connection was closed.
    private final AtomicLong sent = new AtomicLong();
    /// So many have, so the others ask too.
    private final CountDownLatch underWay = new CountDownLatch(FIRST);

    private final List<Thread> threads = new ArrayList<>();

    private Attackers(int port) {
        this.port = port;
    }

    /// Attacks until the standard input ends. It prints a line when the attack is under way, and at the end how many
    /// requests it sent since. Arguments: the port, and a seed.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var attackers = start(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]))) {
            attackers.underWay.await();
            System.out.println("under way");
            while (System.in.read() >= 0) {
                // Only its end counts.
            }
            System.out.println(attackers.sent.get() - FIRST);
        }
        System.exit(0);
    }

    private static Attackers start(int port, long seed) {
        var attackers = new Attackers(port);
        for (int i = 0; i < OF_EACH_KIND; i++) {
            var requests = new HostileRequests(seed + i);
            attackers.repeat(() -> attackers.send(requests.next()));
            attackers.repeat(attackers::insist);
            attackers.repeat(() -> attackers.send(ORDER + "Content-Length: 999999999\r\n\r\n"));
            attackers.repeat(() ->
                    attackers.send(ORDER + "Transfer-Encoding: chunked\r\n\r\n" + "fffff\r\n" + "x".repeat(1 << 17)));
        }
        for (int i = 0; i < SLOW; i++) {
            attackers.repeat(attackers::sendSlowly);
        }
        return attackers;
    }

    private interface Attack {
        void once() throws IOException;
    }

    private void repeat(Attack attack) {
        threads.add(Thread.startVirtualThread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    attack.once();
                } catch (IOException closed) {
                    // What an attacker must expect; the next try comes at once.
                }
                count();
            }
        }));
    }

    private void count() {
        sent.incrementAndGet();
        underWay.countDown();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private void send(String request) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(bytes(request));
            socket.getInputStream().readAllBytes();
        }
    }

    /// One request after the other on one connection.
    private void insist() throws IOException {
        try (var socket = connect()) {
            var page = new byte[1 << 16];
            while (!Thread.currentThread().isInterrupted()) {
                socket.getOutputStream().write(bytes("GET /cluster HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
                if (socket.getInputStream().read(page) < 0) {
                    return;
                }
                count();
            }
        }
    }

    private void sendSlowly() throws IOException {
        try (var socket = connect()) {
            for (byte one : bytes("GET /cluster HTTP/1.1\r\nX: " + "x".repeat(1_000))) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                socket.getOutputStream().write(one);
                LockSupport.parkNanos(SLOWLY_MILLIS * 1_000_000L);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
