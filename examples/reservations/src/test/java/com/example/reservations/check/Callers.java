package com.example.reservations.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// The service over HTTP, as callers reach it: each node by its number, from 1.
///
/// **Threads.** Any.
final class Callers implements AutoCloseable {
    /// Longer than a node lets a request wait.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<Integer> ports;
    private volatile int version = Release.present().number();

    Callers(List<Integer> ports) {
        this.ports = ports;
    }

    /// The version of the service that is known to be active: callers ask for what it has.
    int version() {
        return version;
    }

    void version(int active) {
        version = active;
    }

    Response get(int node, String target) {
        return call(node, "GET", target, "", "");
    }

    /// @param reference the idempotency key; empty for a read
    /// @param session the token of the caller's session; empty for none
    Response call(int node, String method, String target, String reference, String session) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(node - 1) + target))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!reference.isEmpty()) {
            request.header("Idempotency-Key", reference);
        }
        if (!session.isEmpty()) {
            request.header("Legion-Session", session);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var headers = response.headers();
            return new Response(
                    response.statusCode(),
                    response.body(),
                    headers.firstValue("Legion-Fate"),
                    headers.firstValue("Legion-Session"));
        } catch (IOException noAnswer) {
            return Response.NONE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Response.NONE;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
