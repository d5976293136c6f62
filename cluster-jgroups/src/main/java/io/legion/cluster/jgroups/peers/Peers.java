package io.legion.cluster.jgroups.peers;

import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.cluster.jgroups.link.Greeting;
import io.legion.cluster.jgroups.link.Link;
import io.legion.cluster.jgroups.link.LinkContext;
import io.legion.cluster.jgroups.link.LinkSettings;
import io.legion.cluster.jgroups.link.TypeTexts;
import io.legion.cluster.jgroups.wire.TcpWire;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.Logger;
import io.legion.spi.Cluster;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// All other nodes, each with its [Link], and what the links have in common.
final class Peers implements LinkContext {

    /// From one look of the links at the clock to the next.
    static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

    /// No cluster has more nodes; a process that shows more makes them up.
    static final int MOST = 1024;

    /// A node that is silent for this long makes room for another one, if there are too many. It has been
    /// unreachable for long by then, so the listener knows.
    private static final long FORGOTTEN_AFTER_NANOS = Duration.ofMinutes(10).toNanos();

    private final LinkSettings settings;
    private final Cluster.Self self;
    private final Bytes types;
    private final long incarnation;
    private final Audience audience;
    private final Logger logger;
    private final ClusterMeters meters;
    private final Executor threads;
    private final Map<NodeId, Link> links = new ConcurrentHashMap<>();

    /// When a node of [#links] was last heard of.
    private final Map<NodeId, Long> greeted = new ConcurrentHashMap<>();

    private final Map<Long, Link> byToken = new ConcurrentHashMap<>();
    private final AtomicLong tokens;
    private final AtomicReference<@Nullable UUID> cluster;
    private volatile @Nullable TcpWire wire;
    private long ticked = System.nanoTime();

    Peers(
            JGroupsCluster.Config config,
            Cluster.Self self,
            long incarnation,
            Audience audience,
            Logger logger,
            ClusterMeters meters,
            Executor threads) {
        this.settings = new LinkSettings(
                config.window().bytes(), config.unreachableAfter().toNanos());
        this.self = self;
        this.types = TypeTexts.write(self.types());
        this.incarnation = incarnation;
        this.audience = audience;
        this.logger = logger;
        this.meters = meters;
        this.threads = threads;
        this.cluster = new AtomicReference<>(self.cluster());
        // Another start has other tokens.
        this.tokens = new AtomicLong(incarnation);
    }

    /// Comes before anything is sent.
    void use(TcpWire transport) {
        wire = transport;
    }

    boolean send(NodeId to, Bytes frame) {
        var link = links.get(to);
        if (link == null || !link.send(frame)) {
            meters.dropped();
            return false;
        }
        meters.sent(frame.size());
        return true;
    }

    /// @throws IllegalStateException if this node belongs to another cluster
    void belongsTo(UUID joined) {
        if (!cluster.compareAndSet(null, joined) && !joined.equals(cluster.get())) {
            throw new IllegalStateException(
                    "This node belongs to the cluster " + cluster.get() + ", not to " + joined + ".");
        }
        links.values().forEach(link -> link.belongs(joined));
    }

    /// Makes every link look at the clock. Called by one thread.
    void tick() {
        long now = System.nanoTime();
        long late = now - ticked - TICK_NANOS;
        ticked = now;
        for (var link : links.values()) {
            if (late > settings.unreachableNanos() / 4) {
                link.excuse(late);
            }
            link.tick(now);
        }
    }

    void leave() {
        links.values().forEach(Link::leave);
    }

    void close() {
        links.values().forEach(Link::close);
        audience.close();
    }

    /// Where a node is; empty if it was not heard of.
    Optional<Address> address(NodeId node) {
        return Optional.ofNullable(links.get(node)).map(Link::address);
    }

    /// True if some node was heard of at an address lately.
    boolean knows(Address address) {
        return links.values().stream()
                .anyMatch(link -> link.reachable() && link.address().equals(address));
    }

    /// What goes to an address of which nothing is known.
    ByteBuffer introduction(Greeting.Stance stance) {
        return greeting(System.nanoTime(), stance == Greeting.Stance.INTRODUCTION, 0, 0, 0, 0, stance)
                .toBytes();
    }

    /// The link with the node that sent a greeting; a new one if the node was not heard of before.
    ///
    /// @return null if there are too many nodes
    @Nullable
    Link link(Address from, Greeting greeting, long now) {
        greeted.put(greeting.node(), now);
        var known = links.get(greeting.node());
        if (known != null) {
            return known;
        }
        if (links.size() >= MOST && !forgetOne(now)) {
            greeted.remove(greeting.node());
            audience.refuse(greeting.node(), Admission.tooMany(MOST));
            return null;
        }
        return links.computeIfAbsent(greeting.node(), node -> new Link(this, node, from, greeting.incarnation()));
    }

    /// Whoever was at this address before is gone: two processes cannot listen at one.
    ///
    /// @param present with the node that is there now
    void displaceOthers(Link present, Address there) {
        for (var link : links.values()) {
            if (link != present && link.address().equals(there)) {
                link.displaced();
            }
        }
    }

    /// Makes room for a link by forgetting the one whose node has been silent longest: a node that is gone for
    /// good, as each earlier life of a node without a disk is.
    ///
    /// @return false if each node was heard of lately
    private boolean forgetOne(long now) {
        NodeId oldest = null;
        long since = now - FORGOTTEN_AFTER_NANOS;
        for (var heard : greeted.entrySet()) {
            var link = links.get(heard.getKey());
            if (link != null && heard.getValue() - since < 0 && !link.reachable()) {
                oldest = heard.getKey();
                since = heard.getValue();
            }
        }
        if (oldest != null) {
            links.remove(oldest);
            greeted.remove(oldest);
        }
        return oldest != null;
    }

    /// The link with the node that sends under this token of ours.
    @Nullable
    Link link(long token) {
        return byToken.get(token);
    }

    Collection<Link> links() {
        return links.values();
    }

    /// The partition types of this node, as its greetings have them.
    Bytes types() {
        return types;
    }

    /// True if this very start of this node sent a greeting.
    boolean isOwn(Greeting greeting) {
        return greeting.incarnation() == incarnation;
    }

    // ---- what links have in common ----

    @Override
    public LinkSettings settings() {
        return settings;
    }

    @Override
    public @Nullable UUID cluster() {
        return cluster.get();
    }

    @Override
    public Greeting greeting(
            long now, boolean asks, long answers, long token, long yours, long parcels, Greeting.Stance stance) {
        return new Greeting(
                Greeting.VERSION,
                self.node(),
                incarnation,
                self.clusterName(),
                self.shards(),
                self.settings(),
                types,
                self.mayFound(),
                cluster(),
                now,
                asks,
                answers,
                token,
                yours,
                parcels,
                stance);
    }

    @Override
    public long newToken(Link link) {
        long token = tokens.incrementAndGet();
        byToken.put(token, link);
        return token;
    }

    @Override
    public void forget(long token) {
        byToken.remove(token);
    }

    @Override
    public TcpWire wire() {
        var used = wire;
        if (used == null) {
            throw new IllegalStateException("not connected");
        }
        return used;
    }

    @Override
    public Executor threads() {
        return threads;
    }

    @Override
    public Audience listener() {
        return audience;
    }

    @Override
    public Logger logger() {
        return logger;
    }
}
