package com.example.reservations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.legion.Legion;
import io.legion.Partition;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.Search;
import io.legion.Session;
import io.legion.core.RequestId;
import io.legion.operations.ShardReport.Phase;
import io.legion.service.Default;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// The box office over HTTP, on the JDK's own server.
public final class VenueServer implements AutoCloseable {
    /// What became of a request that has no answer, by [RequestException.Fate].
    static final String FATE = "Legion-Fate";

    /// Where the server listens.
    ///
    /// @param port 0 lets the system choose
    public record Config(
            @Default("127.0.0.1") String host,
            @Default("8080") int port) {}

    private final Legion legion;
    private final Partitions<Venue> venues;
    private final HttpServer http;

    private VenueServer(Legion legion, HttpServer http) {
        this.legion = legion;
        this.venues = legion.partitions(Venue.TYPE);
        this.http = http;
    }

    /// @param legion opened with [Venue#TYPE]
    /// @throws IOException if it cannot listen
    public static VenueServer open(Config config, Legion legion) throws IOException {
        var address = new InetSocketAddress(config.host(), config.port());
        var server = new VenueServer(legion, HttpServer.create(address, 0));
        server.http.createContext("/venues", server::serve);
        server.http.createContext("/ready", server::ready);
        server.http.createContext("/versions", server::versions);
        server.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.http.start();
        return server;
    }

    public int port() {
        return http.getAddress().getPort();
    }

    private void ready(HttpExchange exchange) throws IOException {
        if (isKeptOut(exchange)) {
            return;
        }
        boolean isReady = isReady();
        reply(exchange, isReady ? 200 : 503, isReady ? "ready" : "not yet: this node still gets its shards ready");
    }

    /// True if this node is kept out for its release, and has said so: it knows nothing of the others.
    private boolean isKeptOut(HttpExchange exchange) throws IOException {
        var unfit = legion.operations().versions().unfit();
        if (unfit.isPresent()) {
            reply(exchange, 503, unfit.get().why());
        }
        return unfit.isPresent();
    }

    /// True once this node has shards, as each of three has, all of them take part and know what the others know, and
    /// none has stopped here.
    private boolean isReady() {
        var operations = legion.operations();
        var self = operations.identity().node();
        return operations.stoppedShards().stream()
                        .noneMatch(stopped -> stopped.node().equals(self))
                && !operations.shards().isEmpty()
                && operations.shards().stream()
                        .allMatch(shard -> shard.phase() == Phase.PARTICIPATING && !shard.returning());
    }

    // region: versions
    /// Which version of a venue is active on this node, and which is to follow.
    private String versions() {
        return legion.operations().versions().types().stream()
                .map(type -> type.type() + " " + type.least() + (type.isRising() ? ", not yet " + type.newest() : ""))
                .collect(Collectors.joining("\n"));
    }
    // end: versions

    /// For whoever rolls a release out. A service that others reach would ask here who it is.
    private void versions(HttpExchange exchange) throws IOException {
        if (isKeptOut(exchange)) {
            return;
        }
        try {
            var call = HttpCall.of(exchange);
            if (call.method().equals("POST")) {
                legion.operations().steerVersions(call.order());
            }
            reply(exchange, 200, versions());
        } catch (IllegalArgumentException wrong) {
            reply(exchange, 400, wrong.getMessage());
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            answer(exchange, HttpCall.of(exchange));
        } catch (RequestException failure) {
            exchange.getResponseHeaders().set(FATE, failure.fate().name());
            reply(exchange, status(failure), failure.getMessage());
        } catch (NoSuchElementException unknown) {
            reply(exchange, 404, unknown.getMessage() + "\n\n" + VenueCalls.USAGE);
        } catch (IllegalArgumentException wrong) {
            reply(exchange, 400, wrong.getMessage() + "\n\n" + VenueCalls.USAGE);
        }
    }

    private static int status(RequestException failure) {
        return switch (failure) {
            case RequestException.SessionLost _ -> 410;
            case RequestException.RequestIdReused _ -> 422;
            default ->
                switch (failure.fate()) {
                    case NOT_APPLIED -> 503;
                    case UNKNOWN -> 504;
                    case APPLIED -> 409;
                };
        };
    }

    private void answer(HttpExchange exchange, HttpCall call) throws IOException {
        switch (call.route()) {
            case "GET" -> reply(exchange, 200, search(call));
            case "GET/*" -> read(exchange, call, false);
            case "GET/*/book" -> read(exchange, call, true);
            default -> request(exchange, call, VenueCalls.event(call));
        }
    }

    private void request(HttpExchange exchange, HttpCall call, VenueEvent event) throws IOException {
        // Also where there is no answer: whoever gave no key tries again under this one.
        exchange.getResponseHeaders().set(HttpCall.REFERENCE, call.reference());
        var session = session(call);
        var receipt = venue(call, session)
                .request(event, call.answer(), RequestId.of(call.reference()))
                .output();
        exchange.getResponseHeaders().set(HttpCall.SESSION, session.token());
        reply(exchange, receipt.outcome().isRefusal() ? 409 : 200, receipt.number() + " " + receipt.outcome());
    }

    private void read(HttpExchange exchange, HttpCall call, boolean asBook) throws IOException {
        var session = session(call);
        var venue = venue(call, session).read(call.answer());
        exchange.getResponseHeaders().set(HttpCall.SESSION, session.token());
        reply(exchange, 200, asBook ? VenueCalls.book(venue) : VenueCalls.text(venue));
    }

    private Session session(HttpCall call) {
        return call.session().map(legion::session).orElseGet(legion::session);
    }

    private Partition<Venue> venue(HttpCall call, Session session) {
        return venues.of(call.path().getFirst()).in(session);
    }

    private String search(HttpCall call) {
        return venues.searchAll(VenueCalls.search(call))
                .limit(Search.MAX_LIMIT)
                .map(record -> record.key().text()
                        + (call.has("customer") ? "" : " " + record.tag().number()))
                .collect(Collectors.joining("\n"));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = (body + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /// Takes no further requests, and lets those under way end.
    @Override
    public void close() {
        http.stop(1);
    }
}
