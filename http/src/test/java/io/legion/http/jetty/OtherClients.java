package io.legion.http.jetty;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Clients that each make one request on a connection of their own, at a steady pace however long the server takes:
/// one that comes while the server stands still counts from then.
final class OtherClients implements AutoCloseable {
    /// What goes on when a client comes.
    enum During {
        /// Nothing yet; the server compiles its code.
        WARMING,
        /// The connections are opened.
        OPENING,
        /// All of them wait.
        WAITING,
        /// The server closes some.
        CLOSING
    }

    /// @param latencyNanos from when the client came until it had the whole reply; -1 if it had none
    record Request(During during, long latencyNanos) {}

    private static final String GET = "GET /echo HTTP/1.0\r\n\r\n";
    private static final long PACE_NANOS = 5_000_000;

    private final int port;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Request> done = new ConcurrentLinkedQueue<>();
    private volatile During now = During.WARMING;
    private volatile boolean ended;

    private OtherClients(int port) {
        this.port = port;
        this.thread = Thread.ofPlatform().daemon().unstarted(this::run);
    }

    /// Begins; returns when so many have been there.
    static OtherClients start(int port, int first) {
        var clients = new OtherClients(port);
        clients.thread.start();
        while (clients.done.size() < first) {
            LockSupport.parkNanos(PACE_NANOS);
        }
        return clients;
    }

    void during(During next) {
        now = next;
    }

    private void run() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = System.nanoTime(); !ended; due += PACE_NANOS) {
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                long came = due;
                var during = now;
                threads.execute(() -> done.add(new Request(during, latency(came))));
            }
        }
    }

    private long latency(long came) {
        try (var client = RawClient.connect(port)) {
            return client.send(GET).untilClosed().endsWith("nothing") ? System.nanoTime() - came : -1;
        } catch (UncheckedIOException | AssertionError failure) {
            return -1;
        }
    }

    /// No more come, and those that are there end.
    ///
    /// @return all that were there
    List<Request> end() throws InterruptedException {
        ended = true;
        thread.join();
        return List.copyOf(done);
    }

    @Override
    public void close() {
        ended = true;
    }
}
