package io.legion.cluster.jgroups.peers;

import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.cluster.jgroups.Tls;
import io.legion.cluster.jgroups.address.HostPort;
import io.legion.cluster.jgroups.wire.Doorbook;
import io.legion.cluster.jgroups.wire.JGroupsLog;
import io.legion.cluster.jgroups.wire.Stack;
import io.legion.cluster.jgroups.wire.TcpWire;
import io.legion.cluster.jgroups.wire.TlsKeys;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.CloseOnce;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import io.legion.spi.ClusterException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/// A node's part in its cluster: the channel, the threads, and the search for other nodes.
public final class Part implements Cluster.Participation {

    /// One group for all, so that a node of another cluster hears that it is one.
    private static final String GROUP = "legion";

    private static final Duration LISTENS_WITHIN = Duration.ofSeconds(20);
    private static final Duration FAREWELL = Duration.ofMillis(200);

    private final NodeId self;
    private final String listen;
    private final Logger logger;
    private final ClusterMeters meters;
    private final Audience audience;
    private final ExecutorService threads;
    private final ScheduledExecutorService clock;
    private final Peers peers;
    private final TcpWire wire;
    private final Doorbook doorbook = new Doorbook();
    private final AddressSearch search;
    private final JChannel channel;
    private final Runnable whenClosed;
    private volatile boolean ending;
    private final CloseOnce closing = new CloseOnce("legion-cluster-close", this::end);

    /// Reads the keys, so that wrong ones are known before the node takes part.
    ///
    /// @throws IllegalArgumentException if the keys cannot be used
    public static void requireUsable(Tls tls) {
        TlsKeys.context(tls, (_, _) -> {});
    }

    /// Prepares the part; nothing is heard or sent before [#start].
    ///
    /// @param named contacts, each `host:port`
    /// @param whenClosed runs at the end of [#close]
    /// @throws IllegalArgumentException if a contact is not `host:port`, or the channel cannot be set up
    public Part(
            JGroupsCluster.Config config,
            Cluster.Self self,
            List<String> named,
            Cluster.Listener listener,
            Logger logger,
            Monitor monitor,
            Runnable whenClosed) {
        this.self = self.node();
        this.listen = config.listen();
        this.logger = logger;
        this.whenClosed = whenClosed;
        var contacts = new Contacts(config.discovery(), named, logger);
        threads = Executors.newCachedThreadPool(daemons("legion-cluster-" + self.node()));
        clock = Executors.newSingleThreadScheduledExecutor(daemons("legion-cluster-clock-" + self.node()));
        meters = new ClusterMeters(monitor, () -> members().size());
        audience = new Audience(listener, logger, meters, doorbook, this::run);
        peers = new Peers(config, self, Incarnations.next(), audience, logger, meters, this::run);
        var unanswered = new Unanswered(audience);
        var log = new JGroupsLog(logger, meters.handshakesRefused(), doorbook);
        wire = new TcpWire(
                new Arrivals(
                        peers,
                        unanswered,
                        self,
                        Math.toIntExact(config.maxFrame().bytes())),
                config.tls() == null ? null : TlsKeys.context(config.tls(), log::notTrusted),
                log);
        peers.use(wire);
        search = new AddressSearch(contacts, peers, unanswered, wire, logger);
        try {
            channel = Stack.channel(config, self.node(), wire, search::everywhere);
        } catch (Exception failed) {
            stopThreads();
            throw new IllegalArgumentException("The cluster cannot be set up: " + failed.getMessage(), failed);
        }
    }

    /// Begins to listen and to look for others.
    ///
    /// @throws ClusterException if it cannot listen
    public void start() {
        var connecting = threads.submit(this::connect);
        try {
            awaitListening(connecting::isDone);
        } catch (Exception failed) {
            var why = failureOf(connecting, failed);
            close();
            throw new ClusterException(
                    "The node cannot listen for other nodes at " + listen + ": " + why.getMessage()
                            + ". It takes no part. Is the port in use, or the address not one of this machine?",
                    why);
        }
        logger.info("Listening for other nodes at " + address().orElse(listen) + ".");
        var _ = clock.scheduleWithFixedDelay(this::tick, Peers.TICK_NANOS, Peers.TICK_NANOS, TimeUnit.NANOSECONDS);
        search();
    }

    private @Nullable Void connect() throws Exception {
        try {
            PlainDigits.during(() -> channel.connect(GROUP));
            return null;
        } catch (Exception failed) {
            if (wire.listening().isDone() && !ending) {
                logger.error(
                        "JGroups cannot go on, and no other node finds this one: " + failed
                                + ". Close this node, remove the cause, and start it again.",
                        failed);
            }
            throw failed;
        }
    }

    /// Searches again and again, until this part is closed.
    private void search() {
        run(() -> {
            try {
                search.once();
            } finally {
                searchAgain();
            }
        });
    }

    private void searchAgain() {
        try {
            var _ = clock.schedule(this::search, AddressSearch.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            logger.debug("The search for other nodes ends.");
        }
    }

    private void awaitListening(BooleanSupplier ended) throws Exception {
        long end = System.nanoTime() + LISTENS_WITHIN.toNanos();
        while (true) {
            try {
                wire.listening().get(50, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                if (ended.getAsBoolean() || System.nanoTime() - end > 0) {
                    throw notYet;
                }
            }
        }
    }

    private static Throwable failureOf(Future<?> connecting, Exception otherwise) {
        if (connecting.isDone()) {
            try {
                connecting.get();
            } catch (ExecutionException failed) {
                var cause = failed.getCause();
                while (cause != null && cause.getCause() != null) {
                    cause = cause.getCause();
                }
                return cause == null ? failed : cause;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return otherwise;
    }

    /// Sends a frame; false if it is dropped.
    public boolean send(NodeId to, Bytes frame) {
        return peers.send(to, frame);
    }

    /// The nodes that can be reached.
    public Set<NodeId> members() {
        return audience.members();
    }

    /// Where other nodes reach this one, `host:port`; empty before it listens.
    public Optional<String> address() {
        return Optional.ofNullable(wire.here()).map(Part::text);
    }

    /// In digits that every node reads: JGroups writes those of the default language.
    private static String text(Address address) {
        return address instanceof IpAddress place
                ? new HostPort(place.getIpAddress().getHostAddress(), place.getPort()).toString()
                : address.toString();
    }

    /// Where this node or another one is, `host:port`; empty if it was not heard of.
    public Optional<String> address(NodeId node) {
        return node.equals(self) ? address() : peers.address(node).map(Part::text);
    }

    /// Who was kept out lately.
    public List<Cluster.KeptOut> keptOut() {
        return doorbook.latest();
    }

    @Override
    public void belongsTo(UUID cluster) {
        peers.belongsTo(cluster);
    }

    @Override
    public void close() {
        closing.close();
    }

    private void end() {
        ending = true;
        clock.shutdownNow();
        peers.leave();
        peers.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        closeChannel();
        meters.close();
        whenClosed.run();
        logger.info("Left the cluster.");
    }

    /// JGroups cannot stop while it is still joining: then this frees the port, and the rest ends by itself.
    private void closeChannel() {
        if (channel.isConnected()) {
            channel.close();
        } else {
            wire.stopListening();
            Thread.ofPlatform().daemon().name("legion-cluster-end").start(channel::close);
        }
    }

    private void stopThreads() {
        clock.shutdownNow();
        threads.shutdownNow();
        meters.close();
    }

    private void tick() {
        try {
            peers.tick();
        } catch (Throwable failed) {
            // Errors too: a scheduled task that throws is never run again.
            logger.error("The clock of the cluster failed: " + failed, failed);
        }
    }

    /// Runs a task on a thread of the pool; not at all while this part closes.
    private void run(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closing) {
            logger.debug("Too late: the node has left.");
        }
    }

    private static ThreadFactory daemons(String name) {
        return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    }
}
