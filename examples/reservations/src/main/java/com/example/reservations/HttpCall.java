package com.example.reservations;

import com.sun.net.httpserver.HttpExchange;
import io.legion.core.Consistency;
import io.legion.operations.VersionOrder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// What an HTTP request asks for.
///
/// @param path the parts of the path behind the context's own
/// @param session the header `Legion-Session`: what the caller has seen
/// @param reference the header `Idempotency-Key`: what the caller calls the request, in all its retries
record HttpCall(
        String method, List<String> path, Map<String, String> query, Optional<String> session, String reference) {
    static final String SESSION = "Legion-Session";
    static final String REFERENCE = "Idempotency-Key";

    /// @throws IllegalArgumentException if the query cannot be read
    static HttpCall of(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var rest = exchange.getRequestURI()
                .getPath()
                .substring(exchange.getHttpContext().getPath().length());
        return new HttpCall(
                exchange.getRequestMethod(),
                Arrays.stream(rest.split("/")).filter(part -> !part.isEmpty()).toList(),
                query(exchange.getRequestURI().getRawQuery()),
                Optional.ofNullable(headers.getFirst(SESSION)),
                Optional.ofNullable(headers.getFirst(REFERENCE))
                        .orElseGet(() -> UUID.randomUUID().toString()));
    }

    private static Map<String, String> query(String text) {
        var query = new TreeMap<String, String>();
        for (var pair : text == null ? new String[0] : text.split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /// The method and the path, with a `*` for each part that is a name or a number.
    String route() {
        var route = new StringBuilder(method);
        for (int i = 0; i < path.size(); i++) {
            route.append('/').append(i % 2 == 0 ? "*" : path.get(i));
        }
        return route.toString();
    }

    /// What the answer must mean.
    Consistency answer() {
        return switch (query.getOrDefault("answer", "final")) {
            case "fast" -> Consistency.FAST;
            case "durable" -> Consistency.DURABLE;
            case "final" -> Consistency.FINAL;
            default -> throw new IllegalArgumentException("answer is fast, durable or final");
        };
    }

    /// What an operator orders.
    VersionOrder order() {
        return switch (query.getOrDefault("order", "")) {
            case "hold" -> VersionOrder.HOLD;
            case "release" -> VersionOrder.RELEASE;
            case "raise" -> VersionOrder.RAISE;
            default -> throw new IllegalArgumentException("order is hold, release or raise");
        };
    }

    boolean has(String name) {
        return query.containsKey(name);
    }

    String text(String name) {
        var text = query.getOrDefault(name, "");
        if (text.isBlank()) {
            throw new IllegalArgumentException("the query needs " + name + "=...");
        }
        return text;
    }

    int number(String name) {
        return parsed(text(name));
    }

    /// The number of this name, or the other one if the query has none.
    int number(String name, int otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /// The number of the reservation that the path names.
    int reservation() {
        return parsed(path.get(2));
    }

    private static int parsed(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number", none);
        }
    }
}
