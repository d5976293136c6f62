package io.legion.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/// An admin service that answers what the test has written down.
final class StubAdmin implements AutoCloseable {
    /// What was asked.
    record Asked(String request, Map<String, List<String>> headers, String body) {}

    private record Answer(int status, String type, String body, Map<String, String> headers) {}

    private final String scheme;
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private StubAdmin(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    static StubAdmin open() {
        try {
            return new StubAdmin("http", HttpServer.create(anyPort(), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static StubAdmin secured(SSLContext keys) throws IOException {
        return secured(new HttpsConfigurator(keys));
    }

    /// One that wants to see a certificate of each client.
    static StubAdmin securedForKnownClients(SSLContext keys) throws IOException {
        return secured(new HttpsConfigurator(keys) {
            @Override
            public void configure(HttpsParameters parameters) {
                var ours = keys.getDefaultSSLParameters();
                ours.setNeedClientAuth(true);
                parameters.setSSLParameters(ours);
            }
        });
    }

    private static StubAdmin secured(HttpsConfigurator configurator) throws IOException {
        var server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(configurator);
        return new StubAdmin("https", server);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Answers this request, such as `GET /cluster`, with a file of the resources.
    StubAdmin on(String request, String resource) {
        return on(request, 200, text(resource));
    }

    StubAdmin on(String request, int status, String body) {
        return on(request, status, body, Map.of());
    }

    StubAdmin on(String request, int status, String body, Map<String, String> headers) {
        var type = status < 400 ? "application/json" : "application/problem+json";
        answers.put(request, new Answer(status, type, body, headers));
        return this;
    }

    /// All requests, in their order.
    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    static String text(String resource) {
        try (var in = Objects.requireNonNull(StubAdmin.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(request, Map.copyOf(exchange.getRequestHeaders()), body));
        var answer = answers.get(request);
        send(exchange, answer == null ? notFound() : answer);
    }

    private static Answer notFound() {
        var body =
                "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"There is no such thing.\"}";
        return new Answer(404, "application/problem+json", body, Map.of());
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException gone) {
            // The client has read enough.
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
