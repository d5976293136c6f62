package io.legion.http.jetty;

import io.legion.http.Authentication;
import io.legion.http.HttpServer;
import io.legion.http.HttpTls;
import io.legion.http.Router;
import io.legion.http.access.Access;
import io.legion.http.access.RenewedKeys;
import io.legion.service.ByteSize;
import io.legion.service.CloseOnce;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// An [HttpServer] on Jetty: HTTP/1.0 and HTTP/1.1, each request on a virtual thread of its own.
///
/// **Limits.** Before a route hears of a request, the server refuses a head or body that is too large. It
/// closes a connection whose client does not bring a whole head, bring a body or take a reply in time, within
/// half a second of that time. What waits for a client takes no place among the requests at work.
/// **Framing.** A request that can be read in two ways is refused, and its connection ends. **Log.** Jetty has
/// a log of its own, on SLF4J under `org.eclipse.jetty`. A program should keep only errors of it: some of its
/// warnings quote clients, as often as these like. **Threads.** Any.
public final class JettyHttpServer implements HttpServer, AutoCloseable {
    /// Where, for whom and within which limits to serve.
    ///
    /// @param host the address to listen at
    /// @param port the port; 0 takes a free one
    /// @param tls the certificate; without it connections are plain
    /// @param authentication what a client must show; without it everybody may ask everything
    /// @param allowPlainOnOpenNetwork whether the server may listen without TLS where other machines reach it:
    ///     whoever sees the traffic could read and change it
    /// @param allowAnonymousOnOpenNetwork whether the server may listen without authentication where other
    ///     machines reach it: whoever reaches the port could do everything
    /// @param maximumBody the largest body of a request; above it the answer is 413
    /// @param maximumBodies the largest bodies together of all requests that come in or are at work; above it
    ///     the answer is 503
    /// @param maximumReplies the largest replies together, of more than 8 KiB each, that clients have not read
    ///     yet; above it the answer is 503. One address may have half of this, and of `maximumBodies`
    /// @param maximumPath the longest path with its query, in bytes; above it the answer is 414
    /// @param maximumHeaders the largest headers together; above it the answer is 431
    /// @param maximumRequests how many requests the server works on at once; above it the answer is 503
    /// @param maximumRequestsPerSecond how many requests the server looks at in a second; what comes faster
    ///     waits for its turn, so that no client takes the processors of the service beside this one
    /// @param maximumConnectionsPerSecond how many new connections it accepts in a second, in the same way
    /// @param maximumConnections how many connections are open at once; a further one takes the place of the
    ///     one that has waited longest without asking anything
    /// @param maximumConnectionsPerAddress how many of them one client's address may have
    /// @param headTimeout how long a client may take for the whole head of a request, and for TLS before it
    /// @param bodyTimeout how long a client may take for a body or a reply, beside what `minimumRate` adds
    /// @param minimumRate how many bytes of a body or a reply add a second to `bodyTimeout`
    /// @param idleTimeout how long a connection may be silent between two requests, or a client not read
    /// @param stopTimeout how long the server waits for requests and streams under way when it stops
    public record Config(
            @Default("127.0.0.1") String host,
            int port,
            @Nullable HttpTls tls,
            @Nullable Authentication authentication,
            @Default("false") boolean allowPlainOnOpenNetwork,
            @Default("false") boolean allowAnonymousOnOpenNetwork,
            @Default("1 MiB") ByteSize maximumBody,
            @Default("64 MiB") ByteSize maximumBodies,
            @Default("64 MiB") ByteSize maximumReplies,
            @Default("4 KiB") ByteSize maximumPath,
            @Default("16 KiB") ByteSize maximumHeaders,
            @Default("256") int maximumRequests,
            @Default("100000") int maximumRequestsPerSecond,
            @Default("100000") int maximumConnectionsPerSecond,
            @Default("10000") int maximumConnections,
            @Default("5000") int maximumConnectionsPerAddress,
            @Default("10s") Duration headTimeout,
            @Default("10s") Duration bodyTimeout,
            @Default("1 KiB") ByteSize minimumRate,
            @Default("2m") Duration idleTimeout,
            @Default("5s") Duration stopTimeout) {
        private static final ByteSize MOST_OF_A_REQUEST = ByteSize.parse("64 MiB");
        private static final ByteSize MOST_OF_ALL = ByteSize.parse("1 GiB");

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Config {
            if (authentication != null && authentication.clientAuthority() != null && tls == null) {
                throw new IllegalArgumentException(
                        "authentication.clientAuthority needs tls: without it nobody shows a certificate.");
            }
            requireNumber("port", port, 0, 65_535);
            requireNumber("maximumRequests", maximumRequests, 1, Integer.MAX_VALUE);
            requireNumber("maximumRequestsPerSecond", maximumRequestsPerSecond, 1, 1_000_000);
            requireNumber("maximumConnectionsPerSecond", maximumConnectionsPerSecond, 1, 1_000_000);
            requireNumber("maximumConnections", maximumConnections, 1, RequestsUnderWay.MOST);
            requireNumber("maximumConnectionsPerAddress", maximumConnectionsPerAddress, 1, Integer.MAX_VALUE);
            requireSize("maximumBody", maximumBody, MOST_OF_A_REQUEST);
            requireSize("maximumBodies", maximumBodies, MOST_OF_ALL);
            requireSize("maximumReplies", maximumReplies, MOST_OF_ALL);
            requireSize("maximumPath", maximumPath, MOST_OF_A_REQUEST);
            requireSize("maximumHeaders", maximumHeaders, MOST_OF_A_REQUEST);
            requireSize("minimumRate", minimumRate, MOST_OF_ALL);
            requireTime("headTimeout", headTimeout);
            requireTime("bodyTimeout", bodyTimeout);
            requireTime("idleTimeout", idleTimeout);
            requireTime("stopTimeout", stopTimeout);
            if (maximumBodies.bytes() < 2 * maximumBody.bytes()) {
                throw new IllegalArgumentException("maximumBodies must be at least twice maximumBody, " + maximumBody
                        + ", since one address may have half of it, but is " + maximumBodies + ".");
            }
        }

        /// The same with another bound of connections.
        public Config withMaximumConnections(int most) {
            return new Config(
                    host,
                    port,
                    tls,
                    authentication,
                    allowPlainOnOpenNetwork,
                    allowAnonymousOnOpenNetwork,
                    maximumBody,
                    maximumBodies,
                    maximumReplies,
                    maximumPath,
                    maximumHeaders,
                    maximumRequests,
                    maximumRequestsPerSecond,
                    maximumConnectionsPerSecond,
                    most,
                    maximumConnectionsPerAddress,
                    headTimeout,
                    bodyTimeout,
                    minimumRate,
                    idleTimeout,
                    stopTimeout);
        }

        private static void requireNumber(String name, int number, int least, int most) {
            if (number < least || number > most) {
                throw new IllegalArgumentException(
                        name + " must be " + least + " to " + most + ", but is " + number + ".");
            }
        }

        private static void requireSize(String name, ByteSize size, ByteSize most) {
            if (size.bytes() < 1 || size.bytes() > most.bytes()) {
                throw new IllegalArgumentException(name + " must be 1 byte to " + most + ", but is " + size + ".");
            }
        }

        private static void requireTime(String name, Duration time) {
            if (time.toMillis() < 1 || time.toDays() > 1) {
                throw new IllegalArgumentException(name + " must be 1ms to 1 day, but is " + time.toMillis() + "ms.");
            }
        }
    }

    /// A path is cut at its slashes before it is decoded, and nothing in it is resolved: so what is ambiguous
    /// elsewhere is a part of a segment here.
    private static final UriCompliance SEGMENTS = UriCompliance.RFC3986.with(
            "SEGMENTS",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    /// How many new connections wait in the system's queue while others are accepted. One that finds it full
    /// comes again after a second.
    private static final int ACCEPT_QUEUE = 4096;

    /// How often the server looks at its connections and at the files of its certificate.
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Config config;
    private final Server server;
    private final PatientConnector connector;
    private final OpenStreams streams;
    private final RequestsUnderWay underWay;
    private final Thread watch;
    private final List<Monitor.Registration> gauges;
    private final Logger logger;
    private final int port;
    private final CloseOnce closing = new CloseOnce("http-close", this::stop);

    private JettyHttpServer(
            Config config, Parts parts, Thread watch, List<Monitor.Registration> gauges, Logger logger) {
        this.config = config;
        this.server = parts.server;
        this.connector = parts.connector;
        this.streams = parts.streams;
        this.underWay = parts.underWay;
        this.watch = watch;
        this.gauges = gauges;
        this.logger = logger;
        this.port = parts.connector.getLocalPort();
    }

    /// Listens and serves.
    ///
    /// @throws IllegalArgumentException if the server would listen on an open network without TLS or without
    ///     authentication though that is not allowed, or if a certificate or secret cannot be used
    /// @throws IOException if it cannot listen there: the message names the address and what to do
    public static JettyHttpServer open(Config config, Router router, Logger logger, Monitor monitor)
            throws IOException {
        OpenNetwork.requireAllowed(config);
        var log = logger.named("http");
        var clientAuthority = config.authentication == null ? null : config.authentication.clientAuthority();
        var tls = config.tls == null ? null : RenewedKeys.of(config.tls, clientAuthority, log);
        var parts = Parts.of(config, router, tls, log, monitor);
        start(config, parts.server);
        var watch = Thread.ofVirtual().name("http-watch").start(() -> watch(parts.connections, tls, log));
        var gauges = List.of(
                monitor.gauge("http.connections", parts.connections::size),
                monitor.gauge("http.bodies", parts.bodies::taken));
        var opened = new JettyHttpServer(config, parts, watch, gauges, log);
        log.info("listening at " + opened.uri());
        return opened;
    }

    @Override
    public URI uri() {
        var host = config.host.contains(":") ? "[" + config.host + "]" : config.host;
        return URI.create((config.tls == null ? "http://" : "https://") + host + ":" + port);
    }

    @Override
    public int port() {
        return port;
    }

    /// What a server is made of.
    private record Parts(
            Server server,
            PatientConnector connector,
            ClientConnections connections,
            OpenStreams streams,
            RequestsUnderWay underWay,
            BodyReader bodies) {

        static Parts of(Config config, Router router, @Nullable RenewedKeys tls, Logger logger, Monitor monitor) {
            var connections = new ClientConnections(config, monitor);
            var streams = new OpenStreams();
            var underWay = new RequestsUnderWay();
            var bodies = new BodyReader(config);
            var server = new Server(threads());
            var accepted = new Pace(config.maximumConnectionsPerSecond, System.nanoTime());
            var connector = new PatientConnector(server, connections, accepted, logger, factories(config, tls));
            connector.setHost(config.host);
            connector.setPort(config.port);
            connector.setAcceptQueueSize(ACCEPT_QUEUE);
            connector.setIdleTimeout(config.idleTimeout.toMillis());
            connector.setShutdownIdleTimeout(config.stopTimeout.toMillis());
            connector.addBean(connections);
            server.addConnector(connector);
            server.setErrorHandler(new Refusals(router.gate()));
            var access = Access.of(config.authentication);
            var looked = new Pace(config.maximumRequestsPerSecond, System.nanoTime());
            server.setHandler(new Exchange(
                    config, router, access, connections, looked, streams, underWay, bodies, logger, monitor));
            return new Parts(server, connector, connections, streams, underWay, bodies);
        }

        /// A few threads that see what comes; what may wait for a client runs on virtual ones.
        private static QueuedThreadPool threads() {
            var threads = new QueuedThreadPool(16);
            threads.setName("http");
            threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-request-"));
            return threads;
        }

        private static ConnectionFactory[] factories(Config config, @Nullable RenewedKeys tls) {
            var http = new HttpConnectionFactory(settings(config));
            return tls == null
                    ? new ConnectionFactory[] {http}
                    : new ConnectionFactory[] {new SslConnectionFactory(tls.context(), http.getProtocol()), http};
        }

        private static HttpConfiguration settings(Config config) {
            var http = new HttpConfiguration();
            http.setSendServerVersion(false);
            http.setRequestHeaderSize((int) (config.maximumPath.bytes() + config.maximumHeaders.bytes()));
            http.setHttpCompliance(HttpCompliance.STRICT);
            http.setUriCompliance(SEGMENTS);
            http.addCustomizer(new SecureRequestCustomizer(false)); // clients may call the server by its address
            return http;
        }
    }

    private static void start(Config config, Server server) throws IOException {
        try {
            server.start();
        } catch (Exception failure) { // what start declares
            stop(server);
            var cause = failure.getCause() == null ? failure : failure.getCause();
            throw new IOException(
                    "the server cannot listen at " + config.host + ":" + config.port + " (" + cause.getMessage()
                            + "): stop what listens there, or set another host or port",
                    failure);
        }
    }

    private static void watch(ClientConnections connections, @Nullable RenewedKeys tls, Logger logger) {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look(connections, tls, logger);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever goes wrong with one look, the next ones still end slow clients.
    private static void look(ClientConnections connections, @Nullable RenewedKeys tls, Logger logger) {
        try {
            connections.closeOverdue();
            if (tls != null) {
                tls.look();
            }
        } catch (RuntimeException | Error failure) {
            logger.error("the server could not look at its connections and keys; it tries again", failure);
        }
    }

    /// Stops accepting, cuts the streams, lets what is under way end within `stopTimeout`, and closes all
    /// connections.
    @Override
    public void close() {
        closing.close();
    }

    private void stop() {
        var _ = connector.shutdown(); // it would wait for idle connections, which nobody needs any more
        connector.close();
        streams.cut();
        underWay.await(config.stopTimeout);
        watch.interrupt();
        gauges.forEach(Monitor.Registration::close);
        stop(server);
        logger.info("stopped");
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception failure) { // what stop declares
            throw new IllegalStateException("the server did not stop as it should", failure);
        }
    }
}
