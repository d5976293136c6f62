package io.legion.cluster.jgroups;

import io.legion.cluster.jgroups.address.HostPort;
import io.legion.cluster.jgroups.peers.Part;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.ByteSize;
import io.legion.service.CloseOnce;
import io.legion.service.Configuration;
import io.legion.service.ConsoleLogger;
import io.legion.service.Default;
import io.legion.service.GuardedLogger;
import io.legion.service.GuardedMonitor;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.OwnThread;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A [Cluster] of processes that talk over TCP; JGroups finds and connects them.
///
/// **Reachable** is a node that answers the probes of this node, sent every eighth of
/// [Config#unreachableAfter()]; JGroups' own view does not matter. A killed process is noticed when its
/// connection closes, mostly within milliseconds.
///
/// **Order and loss.** Frames between two nodes come in order and once. When a frame is lost (a connection
/// broke), the listener hears that the node has left and joined again.
///
/// **Back-pressure.** For each peer at most [Config#window()] bytes are on their way, counted until the peer's
/// listener has returned; beyond that [#send] returns false. A larger frame goes when nothing else is on its
/// way.
///
/// **Threads.** The thread that reads from a peer calls the listener. A listener that blocks for longer than
/// `unreachableAfter` makes that peer unreachable, and no other.
public final class JGroupsCluster implements Cluster, AutoCloseable {

    private static final Duration DISCOVERY_TIME = Duration.ofSeconds(3);

    /// The configuration.
    ///
    /// @param listen where this node listens for others, `host:port`; port 0 lets the system choose
    /// @param advertise where others reach this node, `host:port`, if not at `listen` (behind a translation of
    ///     addresses, or when it listens on all addresses)
    /// @param discovery where to look for other nodes; without it only where the caller of
    ///     [Cluster#participate] says
    /// @param tls how connections are secured; without it they are plain
    /// @param allowPlainOnOpenNetwork whether this node may listen without TLS on another address than a
    ///     loopback one: any process that reaches the port could then join
    /// @param unreachableAfter how long a node may be silent before it counts as unreachable, 500 ms to 1 min
    /// @param window how many bytes may be on their way to one peer, 64 KiB to 1 GiB
    /// @param maxFrame the largest frame, 64 KiB to 1 GiB; the same on all nodes
    public record Config(
            @Default("127.0.0.1:7760") String listen,
            @Nullable String advertise,
            @Nullable Discovery discovery,
            @Nullable Tls tls,
            @Default("false") boolean allowPlainOnOpenNetwork,
            @Default("2500ms") Duration unreachableAfter,
            @Default("4 MiB") ByteSize window,
            @Default("80 MiB") ByteSize maxFrame) {

        private static final ByteSize LEAST = new ByteSize(64 << 10);
        private static final ByteSize MOST = new ByteSize(1 << 30);
        private static final Duration SHORTEST = Duration.ofMillis(500);
        private static final Duration LONGEST = Duration.ofMinutes(1);

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Config {
            HostPort.parse("listen", listen);
            if (advertise != null && HostPort.parse("advertise", advertise).port() == 0) {
                throw new IllegalArgumentException("advertise needs a port, but is \"" + advertise + "\".");
            }
            if (unreachableAfter.compareTo(SHORTEST) < 0 || unreachableAfter.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "unreachableAfter must be 500ms to 1m, but is " + unreachableAfter.toMillis() + "ms.");
            }
            requireSize("window", window);
            requireSize("maxFrame", maxFrame);
        }

        /// The usual values.
        ///
        /// @param listen `host:port`
        /// @param others where other nodes may be, each `host:port`; this node may be among them
        public static Config of(String listen, String... others) {
            var found = new Discovery.Static(List.of(others));
            return Configuration.defaults(Config.class, Map.of("listen", listen, "discovery", found));
        }

        private static void requireSize(String name, ByteSize size) {
            if (size.bytes() < LEAST.bytes() || size.bytes() > MOST.bytes()) {
                throw new IllegalArgumentException(name + " must be 64 KiB to 1 GiB, but is " + size + ".");
            }
        }
    }

    private final Config config;
    private final Logger logger;
    private final Monitor monitor;
    private final Runnable whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private final CloseOnce closing = new CloseOnce("legion-cluster-service-close", this::end);
    private volatile @Nullable Part part;
    private boolean closed;

    private JGroupsCluster(Config config, Logger logger, Monitor monitor, Runnable whenClosed) {
        this.config = config;
        this.logger = logger;
        this.monitor = monitor;
        this.whenClosed = whenClosed;
    }

    /// Opens the service for a first program or a test: with the values of [Config#of], a logger that prints to
    /// the standard error, and no monitor. A service uses [#open(Config, Logger, Monitor)] and passes its own.
    ///
    /// @param listen `host:port`, of a loopback address
    /// @param others where other nodes may be, each `host:port`; this node may be among them
    /// @throws IllegalArgumentException as the other `open` does
    public static JGroupsCluster open(String listen, String... others) {
        var config = Config.of(listen, others);
        requireUsable(config);
        var logger = ConsoleLogger.open();
        return new JGroupsCluster(config, GuardedLogger.of(logger.named("cluster")), Monitor.none(), logger::close);
    }

    /// Opens the service. It listens from [#participate] on.
    ///
    /// @throws IllegalArgumentException if it would listen on an open network without TLS though that is not
    ///     allowed, if others cannot use the address, or if the keys cannot be used
    public static JGroupsCluster open(Config config, Logger logger, Monitor monitor) {
        requireUsable(config);
        return new JGroupsCluster(config, GuardedLogger.of(logger), GuardedMonitor.of(monitor), () -> {});
    }

    private static void requireUsable(Config config) {
        var addresses = HostPort.parse("listen", config.listen()).addresses();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("listen: the host of " + config.listen() + " cannot be resolved.");
        }
        var address = addresses.getFirst();
        if (address.isAnyLocalAddress() && config.advertise() == null) {
            throw new IllegalArgumentException("listen is " + config.listen()
                    + ", all addresses of this machine: advertise must say at which of them others reach it.");
        }
        if (config.tls() == null && !address.isLoopbackAddress() && !config.allowPlainOnOpenNetwork()) {
            throw new IllegalArgumentException("The node would listen at " + config.listen()
                    + " without TLS: whoever reaches that port could join the cluster and read and change its state. "
                    + "Configure tls, or listen on a loopback address, or, if the network is closed, set "
                    + "allowPlainOnOpenNetwork.");
        }
        if (config.tls() != null) {
            Part.requireUsable(config.tls());
        }
    }

    /// @throws io.legion.spi.ClusterException if it cannot listen, for instance because the port is in use
    /// @throws IllegalArgumentException if a contact is not `host:port`
    @Override
    public Participation participate(Self self, List<String> contacts, Listener listener) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The cluster service is closed.");
            }
            if (part != null) {
                throw new IllegalStateException("A node already takes part with this cluster service.");
            }
            var next = new Part(config, self, contacts, listener, logger, monitor, this::left);
            part = next;
            // An interrupt of the caller would leave the channel half connected.
            return OwnThread.call("legion-cluster-start", () -> {
                next.start();
                return next;
            });
        } finally {
            lock.unlock();
        }
    }

    private void left() {
        part = null;
    }

    @Override
    public Set<NodeId> members() {
        var current = part;
        return current == null ? Set.of() : current.members();
    }

    @Override
    public boolean send(NodeId to, Bytes frame) {
        if (frame.size() > maxFrameBytes()) {
            throw new IllegalArgumentException(
                    "A frame of " + frame.size() + " bytes: at most " + maxFrameBytes() + " (maxFrame).");
        }
        var current = part;
        return current != null && current.send(to, frame);
    }

    @Override
    public int maxFrameBytes() {
        return Math.toIntExact(config.maxFrame().bytes());
    }

    @Override
    public Optional<String> address(NodeId node) {
        var current = part;
        return current == null ? Optional.empty() : current.address(node);
    }

    @Override
    public List<KeptOut> keptOut() {
        var current = part;
        return current == null ? List.of() : current.keptOut();
    }

    /// A few looks at the addresses: a name or a connection may be slow once.
    @Override
    public Duration discoveryTime() {
        return DISCOVERY_TIME;
    }

    /// Where other nodes reach this one, `host:port`; empty while it takes no part.
    public Optional<String> address() {
        var current = part;
        return current == null ? Optional.empty() : current.address();
    }

    /// Ends the participation too, if there is one. All who close, at the same time or later, return when
    /// that is done; an interrupt does not end it.
    @Override
    public void close() {
        closing.close();
    }

    private void end() {
        Part current;
        lock.lock();
        try {
            closed = true;
            current = part;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.close();
        }
        whenClosed.run();
    }
}
