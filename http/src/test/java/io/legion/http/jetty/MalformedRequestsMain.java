package io.legion.http.jetty;

import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/// Sends as many malformed requests as its argument says, from the seed that follows, and prints what came of them.
/// Exits with 1 if one was a fault of the server, if something of them stayed behind, or if they filled the log.
public final class MalformedRequestsMain {
    private static final int THREADS = 16;

    /// The first ones load classes, and fill pools.
    private static final int WARMING = 5_000;

    /// Kept, because a logger without a reference forgets its handlers.
    private static final java.util.logging.Logger ENGINE = java.util.logging.Logger.getLogger("org.eclipse.jetty");

    private MalformedRequestsMain() {}

    /// What came of many requests.
    ///
    /// @param logged the bytes that the server and its engine logged, from INFO on
    /// @param connectionsLeft how many connections the server has afterwards
    /// @param grown what the process has more after all than after the first ones
    record Outcome(
            int requests, long answered, long faultsOfTheServer, long logged, int connectionsLeft, Resources grown) {
        private static final int MOST_LOGGED_OF_EACH = 10;
        private static final Resources LITTLE = new Resources(4 << 20, 8, 8);

        boolean holds() {
            return answered > requests / 2
                    && faultsOfTheServer == 0
                    && logged <= (long) requests * MOST_LOGGED_OF_EACH
                    && connectionsLeft == 0
                    && grown.isWithin(LITTLE);
        }
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var outcome = run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        System.out.println(outcome);
        System.exit(outcome.holds() ? 0 : 1);
    }

    static Outcome run(int count, long seed) throws InterruptedException, ExecutionException {
        var log = new CountedBytes();
        var handler = new StreamHandler(log, new SimpleFormatter());
        ENGINE.addHandler(handler);
        ENGINE.setUseParentHandlers(false);
        var logger = ConsoleLogger.open(
                new ConsoleLogger.Config(Logger.Priority.INFO), new PrintStream(log), InstantSource.system());
        var settings = Map.of("headTimeout", Duration.ofSeconds(2), "bodyTimeout", Duration.ofSeconds(2));
        try (var server = TestServer.logging(logger, settings)) {
            var answered = new LongAdder();
            var faults = new LongAdder();
            send(server, WARMING, -seed, new LongAdder(), faults);
            var before = Resources.now();
            send(server, count, seed, answered, faults);
            var grown = Resources.now().minus(before);
            handler.flush();
            return new Outcome(count, answered.sum(), faults.sum(), log.count(), server.connections(), grown);
        } finally {
            ENGINE.removeHandler(handler);
            ENGINE.setUseParentHandlers(true);
        }
    }

    /// Returns when the server has no connection left of them.
    private static void send(TestServer server, int count, long seed, LongAdder answered, LongAdder faults)
            throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Callable<Void>>();
        for (int thread = 0; thread < THREADS; thread++) {
            var requests = new MalformedRequests(seed * THREADS + thread);
            tasks.add(() -> {
                for (int i = 0; i < count / THREADS; i++) {
                    var reply = reply(server, requests.next());
                    answered.add(reply.isEmpty() ? 0 : 1);
                    faults.add(reply.contains("HTTP/1.1 500") ? 1 : 0);
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
        while (server.connections() > 0) {
            Thread.onSpinWait(); // the deadlines of the server end this
        }
    }

    /// The client says that nothing more comes, so that a request which breaks off is seen to do so.
    private static String reply(TestServer server, String request) {
        try (var client = server.client()) {
            client.trySend(request);
            client.endOutput();
            return client.untilClosed();
        }
    }

    /// Counts what is written to it.
    private static final class CountedBytes extends OutputStream {
        private final LongAdder count = new LongAdder();

        long count() {
            return count.sum();
        }

        @Override
        public void write(int b) {
            count.increment();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            count.add(length);
        }
    }
}
