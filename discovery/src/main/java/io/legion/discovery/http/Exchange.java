package io.legion.discovery.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Between the server and the router: reads a request within the limits, and sends the reply.
final class Exchange {
    private static final byte[] NOTHING = {};

    private final HttpServer.Config config;
    private final Router router;
    private final Logger logger;
    private final Monitor.Timer timer;
    private final Monitor.Counter refused;
    private final Semaphore places;

    Exchange(HttpServer.Config config, Router router, Logger logger, Monitor monitor) {
        this.config = config;
        this.router = router;
        this.logger = logger;
        this.timer = monitor.timer("discovery.http.requests");
        this.refused = monitor.counter("discovery.http.refused");
        this.places = new Semaphore(config.maximumRequests());
    }

    void answer(ServerRequest from, ServerResponse to) {
        long start = System.nanoTime();
        try {
            send(reply(from), to);
        } catch (IOException gone) {
            logger.debug(() -> "the client is gone: " + gone.getMessage());
        } finally {
            timer.recordNanos(System.nanoTime() - start);
        }
    }

    /// A request holds a place while its reply is made, not while a stream is written: streams have their own
    /// bound.
    private ApiReply reply(ServerRequest from) throws IOException {
        if (!places.tryAcquire()) {
            refused.increment();
            return ApiReply.refusal(503, "more than " + config.maximumRequests() + " requests at once; try again later")
                    .header("Retry-After", "1");
        }
        try {
            return router.answer(read(from));
        } catch (HttpException refusal) {
            // The rest of the body is not read, so the connection cannot be used again.
            return ApiReply.refusal(refusal.status(), String.valueOf(refusal.getMessage()))
                    .header("Connection", "close");
        } catch (RuntimeException bug) {
            logger.error(
                    "a request failed: " + from.prologue().method() + " "
                            + from.path().path(),
                    bug);
            return ApiReply.refusal(500, "the registry failed to answer; its log tells why");
        } finally {
            places.release();
        }
    }

    private ApiRequest read(ServerRequest from) throws IOException {
        var prologue = from.prologue();
        var segments = Arrays.stream(prologue.uriPath().rawPath().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(Exchange::decoded)
                .toList();
        return new ApiRequest(
                prologue.method().text(),
                segments,
                query(prologue.query().rawValue()),
                name -> from.headers().first(HeaderNames.create(name)),
                body(from),
                ((InetSocketAddress) from.remotePeer().address()).getAddress(),
                Map.of());
    }

    private byte[] body(ServerRequest from) throws IOException {
        if (!from.content().hasEntity()) {
            return NOTHING;
        }
        int most = (int) config.maximumBody().bytes();
        long announced = from.headers().contentLength().orElse(0);
        byte[] body = NOTHING;
        if (announced <= most) {
            body = from.content().inputStream().readNBytes(most + 1);
        }
        if (announced > most || body.length > most) {
            throw new HttpException(413, "the body is larger than the " + config.maximumBody() + " allowed");
        }
        return body;
    }

    static Map<String, List<String>> query(String raw) {
        var query = new HashMap<String, List<String>>();
        for (var pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                var value = equals < 0 ? "" : decoded(pair.substring(equals + 1).replace('+', ' '));
                query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            // A plus is a plus in a path; in a query the caller has made it a space.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw HttpException.badRequest("this is not percent-encoded as it should be: " + text);
        }
    }

    private static void send(ApiReply reply, ServerResponse to) throws IOException {
        var stream = reply.stream();
        if (stream == null) {
            head(reply, to);
            to.send(reply.body());
            return;
        }
        stream(stream, () -> {
            head(reply, to);
            return to.outputStream();
        });
    }

    private static void head(ApiReply reply, ServerResponse to) {
        to.status(reply.status());
        reply.headers().forEach(to::header);
    }

    /// Writes the body, or abandons it if it cannot begin.
    static void stream(ApiReply.Stream stream, Supplier<OutputStream> opening) throws IOException {
        boolean begun = false;
        try (var out = opening.get()) {
            begun = true;
            stream.write(out);
        } catch (UncheckedIOException gone) {
            throw new IOException(gone);
        } finally {
            if (!begun) {
                stream.abandon();
            }
        }
    }

    /// The text of the server's own refusals.
    static String refusal(int status, @Nullable String message) {
        return switch (status) {
            case 413 -> "the request is too large";
            case 414 -> "the path is too long";
            case 431 -> "the headers are too large";
            case 500 -> "the registry failed to answer; its log tells why";
            default ->
                message == null || message.isBlank()
                        ? "the request is not valid HTTP; characters such as ^ < > in a path or query must be percent-encoded"
                        : message;
        };
    }
}
