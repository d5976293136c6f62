package io.legion.discovery.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.legion.service.ByteSize;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.logging.Level;

/// Serves the routes of a [Router] over HTTP/1.1, each request on a virtual thread of its own.
///
/// **Limits.** Before it does anything, the server refuses a body, a header and a path that are too large, and
/// more requests or connections at once than configured. **Threads.** Any.
public final class HttpServer implements AutoCloseable {
    /// Where and within which limits to serve.
    ///
    /// @param host the address to listen at
    /// @param port the port; 0 takes a free one
    /// @param maximumBody the largest body of a request; above it the answer is 413
    /// @param maximumPath the longest path with its query, in bytes
    /// @param maximumHeaders the largest headers together
    /// @param maximumRequests how many requests the server works on at once; above it the answer is 503
    /// @param maximumConnections how many connections are open at once; more wait in the system's queue
    /// @param idleTimeout how long a connection may be silent
    public record Config(
            @Default("127.0.0.1") String host,
            @Default("8761") int port,
            @Default("1 MiB") ByteSize maximumBody,
            @Default("4 KiB") ByteSize maximumPath,
            @Default("16 KiB") ByteSize maximumHeaders,
            @Default("256") int maximumRequests,
            @Default("10000") int maximumConnections,
            @Default("2m") Duration idleTimeout) {
        /// Checks the bounds.
        public Config {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be between 0 and 65535");
            }
            if (maximumRequests < 1 || maximumConnections < 1) {
                throw new IllegalArgumentException("maximumRequests and maximumConnections must be at least 1");
            }
            requireAtMost64MiB("maximumBody", maximumBody);
            requireAtMost64MiB("maximumPath", maximumPath);
            requireAtMost64MiB("maximumHeaders", maximumHeaders);
        }

        /// The same with another bound of connections.
        public Config withMaximumConnections(int most) {
            return new Config(host, port, maximumBody, maximumPath, maximumHeaders, maximumRequests, most, idleTimeout);
        }

        private static void requireAtMost64MiB(String name, ByteSize size) {
            if (size.bytes() < 1 || size.bytes() > 64 << 20) {
                throw new IllegalArgumentException(name + " must be 1 byte to 64 MiB, but is " + size + ".");
            }
        }
    }

    /// The log of Helidon itself. The reference keeps it, and so its level: this class tells more briefly of
    /// the life cycle.
    private static final java.util.logging.Logger HELIDON = java.util.logging.Logger.getLogger("io.helidon");

    private final WebServer server;
    private final Logger logger;

    private HttpServer(WebServer server, Logger logger) {
        this.server = server;
        this.logger = logger;
    }

    /// Listens and serves.
    ///
    /// @throws IOException if it cannot listen there: the message names the address and what to do
    public static HttpServer open(Config config, Router router, Logger logger, Monitor monitor) throws IOException {
        HELIDON.setLevel(Level.WARNING);
        var log = logger.named("http");
        var address = address(config);
        probe(address);
        var exchange = new Exchange(config, router, log, monitor);
        var server = server(config, exchange, address);
        try {
            server.start();
        } catch (RuntimeException failure) {
            throw new IOException("the registry can not listen at " + address + ": " + failure.getMessage(), failure);
        }
        log.info("listening at http://" + config.host + ":" + server.port());
        return new HttpServer(server, log);
    }

    /// The port it listens at.
    public int port() {
        return server.port();
    }

    private static WebServer server(Config config, Exchange exchange, InetSocketAddress address) {
        return WebServerConfig.builder()
                .bindAddress(address)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(500))
                .maxTcpConnections(config.maximumConnections)
                .idleConnectionTimeout(config.idleTimeout)
                .concurrencyLimitDiscoverServices(false)
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength((int) config.maximumPath.bytes())
                        .maxHeadersSize((int) config.maximumHeaders.bytes())
                        .build())
                .directHandlers(refusals())
                .routing(HttpRouting.builder().any(exchange::answer))
                .build();
    }

    /// Makes the server's own refusals, before a request reaches a route, look like those of the routes.
    private static DirectHandlers refusals() {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) {
            handlers.addHandler(type, (request, event, status, headers, message) -> {
                var reply = ApiReply.refusal(status.code(), Exchange.refusal(status.code(), message));
                return DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .header(HeaderNames.CONTENT_TYPE, ApiReply.JSON)
                        .entity(reply.body())
                        .keepAlive(false)
                        .build();
            });
        }
        return handlers.build();
    }

    private static InetSocketAddress address(Config config) throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(config.host), config.port);
        } catch (UnknownHostException unknown) {
            throw new IOException("http.host \"" + config.host + "\" is no address of this machine", unknown);
        }
    }

    /// The server tells of a port in use only in its log, so this tries the port first.
    private static void probe(InetSocketAddress address) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException inUse) {
            throw new IOException(
                    "the registry can not listen at " + address.getAddress().getHostAddress() + ":"
                            + address.getPort() + " (" + inUse.getMessage()
                            + "): stop what listens there, or set another http.port",
                    inUse);
        }
    }

    /// Stops listening, lets requests under way end for half a second, and returns when that is over.
    @Override
    public void close() {
        server.stop();
        logger.info("stopped");
    }
}
