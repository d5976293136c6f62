package io.legion;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The cluster services of nodes that live in one process and can reach each other, unless they are cut off. Every
/// node is told things by one thread of its own, in order.
final class Street implements AutoCloseable {
    private final TreeMap<NodeId, House> houses = new TreeMap<>();
    private final TreeSet<NodeId> cutOff = new TreeSet<>();

    private int keptOutLeft;

    /// How many of those that were kept out have left.
    synchronized int keptOutLeft() {
        return keptOutLeft;
    }

    /// The cluster service of one node.
    Cluster house() {
        return new House();
    }

    /// Takes part as a node that looks for its cluster and may found it, and does nothing else.
    Cluster.Participation look(NodeId node, String clusterName) {
        var nothing = Collections.<String, String>emptySortedMap();
        var self = new Cluster.Self(node, clusterName, 1, nothing, null, nothing, true);
        return house().participate(self, List.of(), new Nobody());
    }

    /// Waits until everybody has been told what there was to tell.
    void awaitTold() {
        List<House> all;
        synchronized (this) {
            all = List.copyOf(houses.values());
        }
        for (House house : all) {
            var told = new CountDownLatch(1);
            house.tell(_ -> told.countDown());
            try {
                told.await();
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
    }

    /// Hears nothing.
    private record Nobody() implements Cluster.Listener {
        @Override
        public void received(NodeId from, Bytes frame) {}

        @Override
        public void joined(NodeId node, UUID cluster) {}

        @Override
        public void left(NodeId node) {}

        @Override
        public void keptOutAsTwin(String why) {}

        @Override
        public void refused(String why) {}
    }

    /// Nobody reaches this node, and it reaches nobody, until [#reconnect].
    synchronized void cutOff(NodeId node) {
        var cut = there(node);
        cutOff.add(node);
        for (House other : List.copyOf(houses.values())) {
            if (other != cut && !cutOff.contains(other.id())) {
                other.tell(listener -> listener.left(node));
                cut.tell(listener -> listener.left(other.id()));
            }
        }
    }

    synchronized void reconnect(NodeId node) {
        cutOff.remove(node);
        meet(there(node));
    }

    private House there(NodeId node) {
        return Objects.requireNonNull(houses.get(node), "the node is there");
    }

    private void meet(House newcomer) {
        for (House other : List.copyOf(houses.values())) {
            if (other != newcomer && !cutOff.contains(other.id()) && !cutOff.contains(newcomer.id())) {
                other.hear(newcomer);
                newcomer.hear(other);
            }
        }
    }

    @Override
    public synchronized void close() {
        List.copyOf(houses.values()).forEach(House::close);
    }

    private interface News {
        void tell(Cluster.Listener listener);
    }

    private final class House implements Cluster, Cluster.Participation {
        private final ExecutorService mouth = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("street-", 0).factory());
        private @Nullable Self self;
        private @Nullable UUID cluster;
        private @Nullable Listener listener;
        private boolean keptOut;

        NodeId id() {
            return Objects.requireNonNull(self).node();
        }

        void hear(House other) {
            UUID theirs = other.cluster;
            if (theirs == null) {
                boolean looks =
                        cluster == null && Objects.requireNonNull(other.self).mayFound();
                tell(l -> l.looks(other.id(), looks));
                return;
            }
            if (cluster != null && !cluster.equals(theirs)) {
                tell(l -> l.refused("The node " + other.id() + " belongs to another cluster of this name."));
            } else {
                tell(l -> l.joined(other.id(), theirs));
            }
        }

        void tell(News news) {
            var told = listener;
            if (told != null && !mouth.isShutdown()) {
                mouth.execute(() -> news.tell(told));
            }
        }

        @Override
        public Participation participate(Self who, List<String> contacts, Listener told) {
            synchronized (Street.this) {
                self = who;
                cluster = who.cluster();
                listener = told;
                if (houses.containsKey(who.node())) {
                    keptOut = true;
                    tell(l -> l.keptOutAsTwin("Another process uses the id " + who.node() + "."));
                } else {
                    houses.put(who.node(), this);
                    meet(this);
                }
            }
            awaitNews();
            return this;
        }

        /// Whoever is there is met at once: a node that looks for its cluster does not look for long.
        private void awaitNews() {
            CompletableFuture.runAsync(() -> {}, mouth).join();
        }

        @Override
        public void belongsTo(UUID id) {
            synchronized (Street.this) {
                cluster = id;
                houses.values().forEach(other -> other.tell(l -> l.looks(id(), false)));
                meet(this);
            }
        }

        @Override
        public Set<NodeId> members() {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public boolean send(NodeId to, Bytes frame) {
            synchronized (Street.this) {
                House receiver = houses.get(to);
                boolean open =
                        houses.get(id()) == this && receiver != null && !cutOff.contains(to) && !cutOff.contains(id());
                if (receiver != null && open) {
                    receiver.tell(l -> l.received(id(), frame));
                }
                return open;
            }
        }

        @Override
        public int maxFrameBytes() {
            return 80 << 20;
        }

        @Override
        public Duration discoveryTime() {
            return Duration.ofMillis(1);
        }

        @Override
        public void close() {
            synchronized (Street.this) {
                if (keptOut) {
                    keptOut = false;
                    keptOutLeft++;
                }
                if (houses.remove(id(), this)) {
                    mouth.shutdown();
                    houses.values()
                            .forEach(other -> other.tell(l -> {
                                l.looks(id(), false);
                                l.left(id());
                            }));
                }
            }
        }
    }
}
