package io.legion.http;

import io.legion.service.Logger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Sends so many malformed requests as its argument says, from the seed that follows, and prints what came of
/// them.
public final class MalformedRequestsMain {
    private static final int THREADS = 16;

    private MalformedRequestsMain() {}

    /// What came of many requests.
    record Outcome(long answered, long faultsOfTheServer, long silent, int connectionsLeft, long logged) {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])));
    }

    static Outcome run(int count, long seed) throws InterruptedException {
        var answered = new AtomicLong();
        var faults = new AtomicLong();
        var silent = new AtomicLong();
        var settings = Map.of("headTimeout", Duration.ofSeconds(2), "bodyTimeout", Duration.ofSeconds(2));
        try (var server = TestServer.open(settings)) {
            var done = new CountDownLatch(THREADS);
            for (int thread = 0; thread < THREADS; thread++) {
                var requests = new MalformedRequests(seed * THREADS + thread);
                Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < count / THREADS; i++) {
                        var reply = send(server, requests.next());
                        (reply.isEmpty() ? silent : answered).incrementAndGet();
                        if (reply.contains("HTTP/1.1 500")) {
                            faults.incrementAndGet();
                        }
                    }
                    done.countDown();
                });
            }
            done.await();
            while (server.connections() > 0) {
                Thread.onSpinWait(); // the deadlines of the server end this
            }
            long logged = server.logger.messages().stream()
                    .filter(message -> message.priority() != Logger.Priority.DEBUG)
                    .mapToLong(message -> message.text().length())
                    .sum();
            return new Outcome(answered.get(), faults.get(), silent.get(), server.connections(), logged);
        }
    }

    /// The client says that nothing more comes, so that a request which breaks off is seen to do so.
    private static String send(TestServer server, String request) {
        try (var client = server.client()) {
            client.trySend(request);
            client.endOutput();
            return client.untilClosed();
        }
    }
}
