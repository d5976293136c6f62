package io.legion.discovery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Clients that each renew one instance at one node, again and again, and how long they had to wait.
final class Traffic implements AutoCloseable {
    static final int INSTANCES = 12;

    private final List<Thread> clients = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /// Registers the instances through the first of these nodes, and renews each through one of them from then on.
    ///
    /// @param nodes such as `http://127.0.0.1:8761`
    static Traffic start(List<String> nodes) throws IOException, InterruptedException {
        var traffic = new Traffic();
        for (int i = 0; i < INSTANCES; i++) {
            var instance = "/v1/services/app-" + i + "/instances/i";
            traffic.send(
                    nodes.getFirst() + instance, "PUT", "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":600}", 201);
            var url = nodes.get(i % nodes.size()) + instance + "/heartbeat";
            traffic.clients.add(Thread.ofVirtual().start(() -> traffic.renew(url)));
        }
        return traffic;
    }

    private void renew(String url) {
        try {
            while (!over) {
                long begin = System.nanoTime();
                send(url, "POST", "", 204);
                longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                answered.incrementAndGet();
            }
        } catch (IOException | InterruptedException failure) {
            failures.add(url + ": " + failure);
        }
    }

    private void send(String url, String method, String body, int expected) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != expected) {
            failures.add(method + " " + url + ": " + reply.statusCode() + " " + reply.body());
        }
    }

    /// Waits until so many more were answered.
    void awaitAnswers(int more) {
        int before = answered.get();
        Eventually.until(more + " answers", () -> answered.get() >= before + more);
    }

    /// Forgets how long anybody has waited so far.
    void forget() {
        longestNanos.set(0);
    }

    /// The longest time that a request took.
    long longestMillis() {
        return longestNanos.get() / 1_000_000;
    }

    /// What was not answered, or not as it should be.
    List<String> failures() {
        return failures;
    }

    /// Waits until every client has its last answer.
    @Override
    public void close() {
        over = true;
        try {
            for (var client : clients) {
                client.join();
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        http.close();
    }
}
