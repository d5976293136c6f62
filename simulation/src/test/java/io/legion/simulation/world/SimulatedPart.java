package io.legion.simulation.world;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A node's part in a [SimulatedPlace], guarded by its lock. For each other node a thread of its own calls the
/// listener.
final class SimulatedPart implements Cluster.Participation {
    private static final long WINDOW_BYTES = 1 << 20;

    private final SimulatedPlace place;
    private final int number;
    private final Cluster.Self self;
    private final Cluster.Listener listener;
    private final Runnable whenClosed;
    private final TreeMap<NodeId, Way> ways = new TreeMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<NodeId, ExecutorService> callers = new HashMap<>();

    /// Read while the listener is called.
    private final ReentrantReadWriteLock telling = new ReentrantReadWriteLock();

    private @Nullable UUID cluster;
    private volatile boolean closed;

    /// To a node that this one hears of, as long as it does.
    private static final class Way {
        final SimulatedPart peer;
        long outstanding;

        Way(SimulatedPart peer) {
            this.peer = peer;
        }
    }

    SimulatedPart(SimulatedPlace place, int number, Cluster.Self self, Cluster.Listener listener, Runnable whenClosed) {
        this.place = place;
        this.number = number;
        this.self = self;
        this.listener = listener;
        this.whenClosed = whenClosed;
        this.cluster = self.cluster();
    }

    Set<NodeId> members() {
        return new TreeSet<>(ways.keySet());
    }

    /// Brings whom it hears of in line with who is there.
    void meet(List<SimulatedPart> all) {
        for (var way : List.copyOf(ways.values())) {
            if (!all.contains(way.peer) || !hears(way.peer, all)) {
                ways.remove(way.peer.self.node());
                tell(way.peer.self.node(), () -> listener.left(way.peer.self.node()));
            }
        }
        for (var other : all) {
            if (other != this && hears(other, all) && !ways.containsKey(other.self.node())) {
                var theirs = other.cluster;
                ways.put(other.self.node(), new Way(other));
                if (theirs != null) {
                    tell(other.self.node(), () -> listener.joined(other.self.node(), theirs));
                }
            }
        }
    }

    private boolean hears(SimulatedPart other, List<SimulatedPart> all) {
        if (!place.network.isOpen(number, other.number)) {
            return false;
        }
        var why = refusal(other, all);
        if (why != null && refused.add(other.number + why)) {
            boolean twin = isTwin(all);
            tell(other.self.node(), () -> {
                if (twin) {
                    listener.keptOutAsTwin(why);
                } else {
                    listener.refused(why);
                }
            });
        }
        return why == null && other.cluster != null;
    }

    private @Nullable String refusal(SimulatedPart other, List<SimulatedPart> all) {
        if (!other.self.clusterName().equals(self.clusterName())) {
            return "names: " + self.clusterName() + " and " + other.self.clusterName();
        }
        if (other.self.shards() != self.shards()) {
            return "shards: " + self.shards() + " and " + other.self.shards();
        }
        if (!other.self.settings().equals(self.settings())) {
            return "settings: " + self.settings() + " and " + other.self.settings();
        }
        if (cluster != null && other.cluster != null && !cluster.equals(other.cluster)) {
            return "founded separately: " + cluster + " and " + other.cluster;
        }
        if (isTwin(all) || other.isTwin(all)) {
            return "a second process: " + self.node() + " or " + other.self.node();
        }
        return null;
    }

    /// Whether a node of this id came earlier.
    private boolean isTwin(List<SimulatedPart> all) {
        return all.subList(0, all.indexOf(this)).stream()
                .anyMatch(earlier -> earlier.self.node().equals(self.node()));
    }

    boolean send(NodeId to, Bytes frame) {
        var way = ways.get(to);
        if (way == null || (way.outstanding > 0 && way.outstanding + frame.size() > WINDOW_BYTES)) {
            return false;
        }
        way.outstanding += frame.size();
        place.network.send(number, way.peer.number, frame.shared(), bytes -> arrived(way, bytes));
        return true;
    }

    private void arrived(Way way, byte[] bytes) {
        var back = way.peer.ways.get(self.node());
        if (ways.get(way.peer.self.node()) == way && back != null && back.peer == this) {
            way.peer.tell(self.node(), () -> {
                way.peer.listener.received(self.node(), Bytes.wrap(bytes));
                place.lock.lock();
                try {
                    way.outstanding -= bytes.length;
                } finally {
                    place.lock.unlock();
                }
            });
        }
    }

    private void tell(NodeId of, Runnable news) {
        var caller = callers.computeIfAbsent(
                of, _ -> Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()));
        caller.execute(() -> {
            telling.readLock().lock();
            try {
                if (!closed) {
                    news.run();
                }
            } finally {
                telling.readLock().unlock();
            }
        });
    }

    @Override
    public void belongsTo(UUID joined) {
        place.lock.lock();
        try {
            if (cluster != null && !cluster.equals(joined)) {
                throw new IllegalStateException("it belongs to " + cluster);
            }
            cluster = joined;
        } finally {
            place.lock.unlock();
        }
    }

    @Override
    public void close() {
        place.lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            place.leave(this);
            ways.clear();
            whenClosed.run();
            callers.values().forEach(ExecutorService::shutdown);
        } finally {
            place.lock.unlock();
        }
        if (telling.getReadHoldCount() == 0) {
            telling.writeLock().lock();
            try {
                callers.clear();
            } finally {
                telling.writeLock().unlock();
            }
        }
    }
}
