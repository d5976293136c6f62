package io.legion.cluster.jgroups;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.runtime.Cluster;
import io.legion.service.Logger;
import java.io.DataInput;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// All other nodes: gives what arrives to the [Link] of who sent it, and keeps out who does not belong.
final class Peers implements Wire.Ear {

    /// No cluster has so many nodes; more would be somebody who makes them up.
    private static final int MOST = 1024;

    private final JGroupsCluster.Config config;
    private final Cluster.Self self;
    private final long incarnation;
    private final Cluster.Listener listener;
    private final Logger logger;
    private final ClusterMeters meters;
    private final Executor threads;
    private final Inbox refusals;
    private final Map<NodeId, Link> links = new ConcurrentHashMap<>();
    private final Map<Long, Link> byToken = new ConcurrentHashMap<>();
    private final Set<String> refused = Collections.synchronizedSet(new HashSet<>());
    private final AtomicLong tokens;
    private final ReentrantLock memberLock = new ReentrantLock();
    private volatile Set<NodeId> members = Set.of();
    private volatile @Nullable UUID cluster;
    private volatile @Nullable Wire wire;
    private long ticked = System.nanoTime();

    Peers(
            JGroupsCluster.Config config,
            Cluster.Self self,
            long incarnation,
            Cluster.Listener listener,
            Logger logger,
            ClusterMeters meters,
            Executor threads) {
        this.config = config;
        this.self = self;
        this.incarnation = incarnation;
        this.listener = listener;
        this.logger = logger;
        this.meters = meters;
        this.threads = threads;
        this.cluster = self.cluster();
        // Another start has other tokens.
        this.tokens = new AtomicLong(incarnation);
        this.refusals = new Inbox(threads);
    }

    /// Before anything is sent.
    void use(Wire transport) {
        wire = transport;
    }

    Set<NodeId> members() {
        return members;
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

    /// @throws IllegalStateException if it belongs to another cluster
    void belongsTo(UUID joined) {
        memberLock.lock();
        try {
            var ours = cluster;
            if (ours != null && !ours.equals(joined)) {
                throw new IllegalStateException(
                        "This node belongs to the cluster " + ours + ", not to " + joined + ".");
            }
            cluster = joined;
        } finally {
            memberLock.unlock();
        }
        links.values().forEach(link -> link.belongs(joined));
    }

    /// Calls every link to look at the clock. By one thread.
    void tick() {
        long now = System.nanoTime();
        long late = now - ticked - JGroupsCluster.TICK_NANOS;
        ticked = now;
        for (var link : links.values()) {
            if (late > unreachableNanos() / 4) {
                link.excuse(late);
            }
            link.tick(now);
        }
    }

    void leave() {
        links.values().forEach(Link::leave);
    }

    void close() {
        refusals.close();
        links.values().forEach(Link::close);
        members = Set.of();
    }

    /// Whether some node was heard of at an address lately.
    boolean knows(Address address) {
        return links.values().stream()
                .anyMatch(link -> link.reachable() && link.address().equals(address));
    }

    /// What is sent to an address of which nothing is known.
    byte[] introduction(Greeting.Stance stance) {
        return greeting(System.nanoTime(), stance == Greeting.Stance.WELCOME, 0, 0, 0, 0, stance)
                .toBytes();
    }

    // ---- what arrives ----

    @Override
    public void heard(Address from, DataInput in, int length) throws IOException {
        byte kind = in.readByte();
        int rest = length - Byte.BYTES;
        switch (kind) {
            case WireFormat.GREETING -> heard(from, greeting(in, rest));
            case WireFormat.PARCEL -> heard(Parcel.read(in, rest, config.mostFrameBytes()));
            default -> throw new IOException("a message of the unknown kind " + kind + " from " + from);
        }
    }

    private static Greeting greeting(DataInput in, int length) throws IOException {
        if (length < 0 || length > WireFormat.PARCEL_BYTES) {
            throw new IOException("a greeting of " + length + " bytes");
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        return Greeting.read(new java.io.DataInputStream(new java.io.ByteArrayInputStream(bytes)));
    }

    private void heard(Parcel parcel) {
        var link = byToken.get(parcel.to());
        if (link != null) {
            link.received(parcel);
        }
    }

    private void heard(Address from, Greeting greeting) {
        if (greeting.node().equals(self.node())) {
            if (greeting.incarnation() != incarnation) {
                refuse(
                        greeting.node(),
                        new Admission(
                                "self",
                                "Another process at " + from + " has the id of this node, "
                                        + self.node()
                                        + ": a store was copied, or is used twice. Stop one of them; a copy must be "
                                        + "started as a new node."));
            }
            return;
        }
        var refusal = Admission.refusal(self, cluster, from, greeting);
        refusal.ifPresent(reason -> refuse(greeting.node(), reason));
        if (greeting.version() != Greeting.VERSION) {
            return;
        }
        if (greeting.stance() == Greeting.Stance.TWIN) {
            refuse(
                    greeting.node(),
                    new Admission(
                            "kept out",
                            "The node " + greeting.node() + " at " + from
                                    + " keeps this one out: it knows another process with the id " + self.node()
                                    + ". Stop one of them; a copy of a store must be started as a new node."));
            return;
        }
        var link = link(from, greeting);
        if (link == null) {
            return;
        }
        if (link.isTwin(from, greeting)) {
            refuse(
                    greeting.node(),
                    new Admission(
                            "twin",
                            "The node id " + greeting.node() + " is used at " + from
                                    + " and already at " + link.address()
                                    + ": a store was copied, or is used twice. The one at " + from
                                    + " is kept out: stop one of them; a copy must be started as a new node."));
            reply(from, Greeting.Stance.TWIN);
            return;
        }
        link.greeted(from, greeting, refusal.isEmpty());
    }

    private @Nullable Link link(Address from, Greeting greeting) {
        var known = links.get(greeting.node());
        if (known != null) {
            return known;
        }
        if (links.size() >= MOST) {
            refuse(greeting.node(), new Admission("many", "There are " + MOST + " other nodes already."));
            return null;
        }
        return links.computeIfAbsent(greeting.node(), node -> new Link(this, node, from, greeting.incarnation()));
    }

    private void reply(Address to, Greeting.Stance stance) {
        threads.execute(() -> {
            var message = introduction(stance);
            try {
                wire().send(to, message, message.length);
            } catch (Exception unreachable) {
                logger.debug(() -> "Can not tell " + to + " that it is refused: " + unreachable);
            }
        });
    }

    @Override
    public void closed(Address peer) {
        for (var link : links.values()) {
            if (link.address().equals(peer)) {
                link.probe();
            }
        }
    }

    @Override
    public Set<Address> kept() {
        var kept = new HashSet<Address>();
        for (var link : links.values()) {
            if (link.reachable()) {
                kept.add(link.address());
            }
        }
        return kept;
    }

    // ---- what links need ----

    Greeting greeting(
            long now, boolean asks, long answers, long token, long yours, long parcels, Greeting.Stance stance) {
        return new Greeting(
                Greeting.VERSION,
                self.node(),
                incarnation,
                self.clusterName(),
                self.shards(),
                cluster,
                now,
                asks,
                answers,
                token,
                yours,
                parcels,
                stance);
    }

    long newToken(Link link) {
        long token = tokens.incrementAndGet();
        byToken.put(token, link);
        return token;
    }

    void forget(long token) {
        byToken.remove(token);
    }

    @Nullable
    UUID cluster() {
        return cluster;
    }

    Executor threads() {
        return threads;
    }

    Logger logger() {
        return logger;
    }

    Wire wire() {
        var used = wire;
        if (used == null) {
            throw new IllegalStateException("not connected");
        }
        return used;
    }

    void drop(Address address) {
        wire().drop(address);
    }

    long window() {
        return config.window().bytes();
    }

    long acknowledgeAfter() {
        return Math.min(window() / 4, 64 * 1024);
    }

    long unreachableNanos() {
        return config.unreachableAfter().toNanos();
    }

    long probeNanos() {
        return unreachableNanos() / 8;
    }

    void membersChanged(NodeId node, boolean here) {
        memberLock.lock();
        try {
            var next = new TreeSet<>(members);
            if (here) {
                next.add(node);
                forgetRefusals(node);
            } else {
                next.remove(node);
            }
            members = Collections.unmodifiableSet(next);
        } finally {
            memberLock.unlock();
        }
        var link = links.get(node);
        if (here && link != null) {
            meters.show(node, link::outstanding);
        } else {
            meters.hide(node);
        }
    }

    // ---- what the listener hears ----

    void tellJoined(NodeId node, UUID theirs) {
        guarded(() -> listener.joined(node, theirs));
    }

    void tellLeft(NodeId node) {
        guarded(() -> listener.left(node));
    }

    void tellReceived(NodeId node, Bytes frame) {
        meters.received(frame.size());
        guarded(() -> listener.received(node, frame));
    }

    private void refuse(NodeId node, Admission reason) {
        if (refused.size() < MOST && refused.add(node + reason.kind())) {
            logger.warning(reason.why());
            refusals.add(() -> guarded(() -> listener.refused(reason.why())));
            refusals.tellSoon();
        }
    }

    private void forgetRefusals(NodeId node) {
        refused.removeIf(reason -> reason.startsWith(node.toString()));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failed) {
            logger.error("A listener of the cluster failed: " + failed, failed);
        }
    }

    /// For tests.
    Collection<Link> links() {
        return List.copyOf(links.values());
    }
}
