package io.legion.admin;

import io.legion.Legion;
import io.legion.admin.api.ActsApi;
import io.legion.admin.api.Audit;
import io.legion.admin.api.BackupApi;
import io.legion.admin.api.ClusterApi;
import io.legion.admin.api.CopiesApi;
import io.legion.admin.api.OpenApi;
import io.legion.admin.api.PageFiles;
import io.legion.admin.api.PartitionsApi;
import io.legion.admin.api.RecordingsApi;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.Gatherer;
import io.legion.http.ApiReply;
import io.legion.http.Authentication;
import io.legion.http.HttpServer;
import io.legion.http.HttpTls;
import io.legion.http.Route;
import io.legion.http.Router;
import io.legion.http.jetty.JettyHttpServer;
import io.legion.operations.UnreachableException;
import io.legion.service.ByteSize;
import io.legion.service.CloseOnce;
import io.legion.service.Configuration;
import io.legion.service.Default;
import io.legion.service.LogThreshold;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The admin service of a node: the whole cluster as this node can see it, what is wrong there, and an
/// operator's orders, over HTTP and as a page. `/openapi.yaml` describes it.
///
/// It asks the other nodes over the connections that nodes have anyway, so it needs no address, certificate or
/// password of them; any node's admin service shows and orders the same.
///
/// **Failure.** A node that cannot be asked leaves its part not known. **Threads.** Any.
public final class Admin implements HttpServer, AutoCloseable {
    /// Where and for whom.
    ///
    /// @param host the address to listen at; another one than a loopback address needs `tls` and
    ///     `authentication`
    /// @param port the port; 0 takes a free one
    /// @param tls the certificate; without it connections are plain
    /// @param authentication the token, password or certificate that a client must show; without it everybody
    ///     on this machine may ask and order everything
    /// @param hostNames how clients may name this server, beside its addresses and `localhost`
    /// @param patience how long to wait for what another node is asked
    /// @param maximumRequestsPerSecond how many requests the service looks at in a second; what comes faster
    ///     waits for its turn, so that whoever floods it takes a small part of one processor. A large reply counts
    ///     as several
    /// @param maximumConnectionsPerSecond how many new connections it accepts in a second, in the same way
    public record Config(
            @Default("127.0.0.1") String host,
            int port,
            @Nullable HttpTls tls,
            @Nullable Authentication authentication,
            @Nullable List<String> hostNames,
            @Default("1s") Duration patience,
            @Default("100") int maximumRequestsPerSecond,
            @Default("50") int maximumConnectionsPerSecond) {
        /// Operators need few, and the service beside this one the rest.
        private static final int MOST_CONNECTIONS = 128;

        /// On a loopback address all clients have the same one, and only the bound of all counts: a further connection
        /// takes the place of another one there.
        private static final int NO_BOUND = Integer.MAX_VALUE;

        private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(10);

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Config {
            hostNames = hostNames == null ? List.of() : List.copyOf(hostNames);
            if (patience.toMillis() < 50 || patience.compareTo(LONGEST_PATIENCE) > 0) {
                throw new IllegalArgumentException("patience must be 50ms to " + LONGEST_PATIENCE.toSeconds()
                        + "s, but is " + patience.toMillis() + "ms.");
            }
        }

        /// The usual values, at a loopback address.
        public static Config at(int port) {
            return Configuration.defaults(Config.class, java.util.Map.of("port", port));
        }

        private JettyHttpServer.Config http() throws IOException {
            var given = new HashMap<String, Object>();
            given.put("host", host);
            given.put("port", port);
            given.put("maximumBody", ByteSize.parse("64 KiB"));
            given.put("maximumBodies", ByteSize.parse("4 MiB"));
            given.put("maximumRequests", 32);
            given.put("maximumRequestsPerSecond", maximumRequestsPerSecond);
            given.put("maximumConnectionsPerSecond", maximumConnectionsPerSecond);
            given.put("maximumConnections", MOST_CONNECTIONS);
            given.put("maximumConnectionsPerAddress", isLoopback() ? NO_BOUND : MOST_CONNECTIONS / 2);
            if (tls != null) {
                given.put("tls", tls);
            }
            if (authentication != null) {
                given.put("authentication", authentication);
            }
            return Configuration.defaults(JettyHttpServer.Config.class, given);
        }

        /// Whoever reaches the service can read every state and take nodes out.
        private void requireProtection() throws IOException {
            if ((tls == null || authentication == null) && !isLoopback()) {
                throw new IllegalArgumentException(
                        "The admin service would listen at " + host + ":" + port + " without "
                                + (tls == null ? "TLS" : "authentication")
                                + ": whoever reaches that port could read every state and take nodes out. Configure tls"
                                + " (certificate and key) and authentication (tokenFile, or clientAuthority for client"
                                + " certificates), or listen on a loopback address. The service is not opened.");
            }
        }

        private boolean isLoopback() throws IOException {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException unknown) {
                throw new IOException(
                        "host \"" + host + "\" cannot be resolved: set an address of this machine", unknown);
            }
        }
    }

    private final Observer observer;
    private final LegionHealth health;
    private final Audit audit;
    private final JettyHttpServer server;
    private final CloseOnce closing = new CloseOnce("admin-close", this::end);

    private Admin(Observer observer, LegionHealth health, Audit audit, JettyHttpServer server) {
        this.observer = observer;
        this.health = health;
        this.audit = audit;
        this.server = server;
    }

    /// Listens and serves, until it is closed. Close it before the Legion. It cannot set the threshold of the
    /// log.
    ///
    /// @param scrape all meters of the service, in the text format of Prometheus, for `/metrics`
    /// @throws IllegalArgumentException if it would listen where other machines reach it without TLS or without
    ///     authentication, or if a certificate or secret cannot be used
    /// @throws IOException if it cannot listen there: the message names the address and what to do
    public static Admin open(Config config, Legion legion, Supplier<String> scrape, Logger logger, Monitor monitor)
            throws IOException {
        return open(config, legion, scrape, logger, null, monitor);
    }

    /// The same, and it sets the threshold of the log when somebody orders that.
    ///
    /// @param threshold of `logger`, or of the logger that this one hands its messages to; null for none
    public static Admin open(
            Config config,
            Legion legion,
            Supplier<String> scrape,
            Logger logger,
            @Nullable LogThreshold threshold,
            Monitor monitor)
            throws IOException {
        config.requireProtection();
        var log = logger.named("admin");
        var nodes = new EachNode(legion.operations(), config.patience);
        var observer = Observer.open(new Gatherer(nodes, InstantSource.system()), log);
        try {
            var audit = new Audit(log);
            var health = new LegionHealth(legion);
            var acts = new ActsApi(observer, nodes, audit, Optional.ofNullable(threshold));
            var copies = Stream.concat(
                    new BackupApi(nodes, audit).routes().stream(), new RecordingsApi(nodes, audit).routes().stream());
            var routes = routes(observer, nodes, acts, copies.toList(), new HealthApi(health, scrape));
            var router = router(routes).behind(new AdminGate(hostNames(config), audit));
            var server = JettyHttpServer.open(config.http(), router, log, monitor.under("admin"));
            return new Admin(observer, health, audit, server);
        } catch (Throwable failure) {
            observer.close();
            throw failure;
        }
    }

    private static List<String> hostNames(Config config) {
        return config.hostNames == null ? List.of() : config.hostNames;
    }

    private static List<Route> routes(
            Observer observer, EachNode nodes, ActsApi acts, List<Route> copies, HealthApi health) {
        return Stream.of(
                        new ClusterApi(observer, Instant.now()).routes(),
                        new PartitionsApi(observer, nodes).routes(),
                        new CopiesApi(observer, nodes).routes(),
                        acts.routes(),
                        copies,
                        health.routes(),
                        new OpenApi().routes(),
                        new PageFiles().routes())
                .flatMap(List::stream)
                .toList();
    }

    private static Router router(List<Route> routes) {
        return new Router(routes)
                .refusing(
                        UnreachableException.class,
                        silent -> ApiReply.refusal(503, String.valueOf(silent.getMessage())));
    }

    @Override
    public URI uri() {
        return server.uri();
    }

    @Override
    public int port() {
        return server.port();
    }

    /// Stops listening, and looks at the cluster no more.
    @Override
    public void close() {
        closing.close();
    }

    private void end() {
        health.close();
        server.close();
        observer.close();
        audit.close();
    }
}
