package io.legion.http.jetty;

import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.FairShare;
import io.legion.http.HttpException;
import io.legion.http.Router;
import io.legion.http.access.Access;
import io.legion.http.jetty.ClientConnection.Phase;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Between the server and the router: reads a request within the limits, and sends the reply. Each request is
/// on a virtual thread of its own.
final class Exchange extends Handler.Abstract {
    /// The reply goes in pieces of this size, each of which shows that the client still reads.
    static final int PIECE = 8 * 1024;

    private final JettyHttpServer.Config config;
    private final Router router;
    private final Access access;
    private final ClientConnections connections;
    private final Pace pace;
    private final OpenStreams streams;
    private final RequestsUnderWay underWay;
    private final BodyReader bodies;
    private final Logger logger;
    private final Monitor.Timer timer;
    private final Monitor.Counter refused;
    private final Semaphore places;
    private final Semaphore turns;
    private final FairShare replies;

    Exchange(
            JettyHttpServer.Config config,
            Router router,
            Access access,
            ClientConnections connections,
            Pace pace,
            OpenStreams streams,
            RequestsUnderWay underWay,
            BodyReader bodies,
            Logger logger,
            Monitor monitor) {
        this.config = config;
        this.router = router;
        this.access = access;
        this.connections = connections;
        this.pace = pace;
        this.streams = streams;
        this.underWay = underWay;
        this.bodies = bodies;
        this.logger = logger;
        this.timer = monitor.timer("http.requests");
        this.refused = monitor.counter("http.refused");
        this.places = new Semaphore(config.maximumRequests());
        this.turns = new Semaphore(config.maximumRequests());
        this.replies = new FairShare(config.maximumReplies().bytes());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var client = connections.of(request);
        if (client == null || !awaitTurn(client) || connections.of(request) == null) {
            callback.failed(new QuietException.Exception("the connection was closed"));
        } else {
            handle(request, response, callback, client);
        }
        return true;
    }

    /// As many as may be at work wait for their turn as if they were. The connections of the others may have to make
    /// room meanwhile, so that a flood of requests keeps no new client out.
    ///
    /// @return false if the server stops
    private boolean awaitTurn(ClientConnection client) {
        boolean stays = turns.tryAcquire();
        if (stays) {
            client.enter(Phase.WORK);
        }
        try {
            pace.await();
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (stays) {
                turns.release();
            }
        }
    }

    private void handle(Request request, Response response, Callback callback, ClientConnection client) {
        long start = System.nanoTime();
        underWay.begin();
        client.enter(Phase.WORK);
        try {
            send(router.gate().passing(reply(request, client)), request, response, client);
            client.enter(Phase.IDLE);
            callback.succeeded();
        } catch (IOException failure) {
            logger.debug(() -> "a request or its reply broke off: " + failure);
            client.enter(Phase.IDLE);
            end(failure, client, callback);
        } catch (RuntimeException | Error bug) {
            logger.error(
                    "the reply to a request failed: " + request.getMethod() + " "
                            + request.getHttpURI().getPath(),
                    bug);
            client.enter(Phase.IDLE);
            callback.failed(bug);
        } finally {
            underWay.end();
            timer.recordNanos(System.nanoTime() - start);
        }
    }

    /// A fault of framing in a body becomes a reply of [Refusals]. After all else nobody is there to hear one.
    private static void end(IOException failure, ClientConnection client, Callback callback) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.eclipse.jetty.http.HttpException) {
                callback.failed(cause);
                return;
            }
        }
        client.close();
        callback.failed(new QuietException.Exception(failure));
    }

    /// After a refusal before the body was read, the connection ends: what follows in it is no request.
    private ApiReply reply(Request request, ClientConnection client) throws IOException {
        var caller = access.caller(request.getHeaders().get(HttpHeader.AUTHORIZATION), certified(request));
        if (caller.isEmpty() && !isAnonymous(request)) {
            router.gate()
                    .refused(
                            client.remote(),
                            request.getMethod(),
                            String.valueOf(request.getHttpURI().getPathQuery()));
            return last(access.refusal());
        }
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            return last(ApiReply.refusal(405, "this server is no proxy"));
        }
        try (var body = bodies.read(request, client)) {
            client.enter(Phase.WORK);
            return answer(read(request, body.content(), client, caller.orElse(ApiRequest.STRANGER)));
        } catch (HttpException early) {
            return last(ApiReply.refusal(early.status(), String.valueOf(early.getMessage())));
        }
    }

    /// The subject of the certificate that the client has shown in TLS.
    private static @Nullable String certified(Request request) {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData tls
                        && tls.peerCertificates() != null
                        && tls.peerCertificates().length > 0
                ? tls.peerCertificates()[0].getSubjectX500Principal().getName()
                : null;
    }

    private boolean isAnonymous(Request request) {
        try {
            return router.isAnonymous(request.getMethod(), target(request).segments());
        } catch (HttpException malformed) {
            return false;
        }
    }

    private static RequestTarget target(Request request) {
        var uri = request.getHttpURI();
        return RequestTarget.of(String.valueOf(uri.getPath()), uri.getQuery());
    }

    private static ApiReply last(ApiReply refusal) {
        return refusal.header("Connection", "close");
    }

    private ApiRequest read(Request from, byte[] body, ClientConnection client, String caller) {
        var uri = from.getHttpURI();
        if (uri.getPathQuery() != null
                && uri.getPathQuery().length() > config.maximumPath().bytes()) {
            throw new HttpException(414, "the path is longer than the " + config.maximumPath() + " allowed");
        }
        var target = target(from);
        return new ApiRequest(
                from.getMethod(),
                target.segments(),
                target.query(),
                name -> Optional.ofNullable(from.getHeaders().get(name)),
                body,
                client.remote(),
                caller,
                Map.of());
    }

    /// A request holds a place while its reply is made: not while its body comes, and not while the reply
    /// goes.
    private ApiReply answer(ApiRequest request) {
        if (!places.tryAcquire()) {
            refused.increment();
            return ApiReply.refusal(503, "more than " + config.maximumRequests() + " requests at once; try again later")
                    .header("Retry-After", "1");
        }
        try {
            var reply = router.answer(request);
            pace.charge(reply.turns() - 1L, System.nanoTime());
            return reply;
        } catch (RuntimeException | Error bug) {
            logger.error("a request failed: " + request.method() + " /" + String.join("/", request.segments()), bug);
            return ApiReply.refusal(500, "the server failed to answer; its log tells why");
        } finally {
            places.release();
        }
    }

    private void send(ApiReply reply, Request request, Response response, ClientConnection client) throws IOException {
        var stream = reply.stream();
        if (stream == null) {
            sendBounded(reply, response, client);
        } else if (HttpMethod.HEAD.is(request.getMethod())) {
            stream.abandon();
            begin(reply, response);
            Content.Sink.write(response, true, ByteBuffer.allocate(0));
        } else {
            client.enter(Phase.STREAM);
            begin(reply, response);
            var pieces = new StreamPieces(Content.Sink.asOutputStream(response), client);
            streams.write(stream, new BufferedOutputStream(pieces, PIECE));
        }
    }

    private static void begin(ApiReply reply, Response response) {
        response.setStatus(reply.status());
        reply.headers().forEach(response.getHeaders()::put);
    }

    /// Large replies that their clients do not read take memory, so these share a bound.
    private void sendBounded(ApiReply reply, Response response, ClientConnection client) throws IOException {
        int bytes = reply.ownBytes() > PIECE ? reply.ownBytes() : 0;
        if (!replies.take(client.address(), bytes)) {
            refused.increment();
            send(router.gate().passing(tooManyReplies()), response, client);
            return;
        }
        try {
            send(reply, response, client);
        } finally {
            replies.giveBack(client.address(), bytes);
        }
    }

    private ApiReply tooManyReplies() {
        return ApiReply.refusal(
                        503,
                        "replies that are not read yet take as much as they may of " + config.maximumReplies()
                                + "; try again later")
                .header("Retry-After", "1");
    }

    private static void send(ApiReply reply, Response response, ClientConnection client) throws IOException {
        client.enter(Phase.REPLY);
        begin(reply, response);
        var body = reply.body();
        if (reply.mayHaveBody()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        int from = 0;
        do {
            int length = Math.min(PIECE, body.length - from);
            Content.Sink.write(response, from + length == body.length, ByteBuffer.wrap(body, from, length));
            client.moved(length);
            from += length;
        } while (from < body.length);
    }
}
