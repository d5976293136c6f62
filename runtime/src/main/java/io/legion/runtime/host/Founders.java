package io.legion.runtime.host;

import io.legion.core.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which of the nodes that start together founds the cluster: of those that see each other and may, the one
/// with the smallest id. The others wait until they hear of its cluster, and join. If it goes away, the
/// next one founds.
///
/// Nodes that cannot see each other cannot know of each other. Each then founds a cluster of its own; see
/// [ClusterListener#foundedSeparately].
///
/// **Threads.** Any.
public final class Founders {
    private final NodeId self;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /// The nodes that look for a cluster too, and may found one.
    private final TreeSet<NodeId> looking = new TreeSet<>();

    private @Nullable UUID cluster;

    Founders(NodeId self) {
        this.self = self;
    }

    /// A node of this cluster was met; the first one counts.
    void met(UUID theirs) {
        change(() -> cluster = cluster == null ? theirs : cluster);
    }

    void looks(NodeId node, boolean there) {
        change(() -> {
            if (there) {
                looking.add(node);
            } else {
                looking.remove(node);
            }
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a cluster.
    ///
    /// @return empty if none was met in that time
    public Optional<UUID> await(Duration patience) throws InterruptedException {
        return await(patience, false);
    }

    /// Waits for a cluster as long as another node has the better right to found it.
    ///
    /// @return empty if this node is to found one, or if the time is over
    public Optional<UUID> awaitOthers(Duration patience) throws InterruptedException {
        return await(patience, true);
    }

    private Optional<UUID> await(Duration patience, boolean others) throws InterruptedException {
        long rest = patience.toNanos();
        lock.lock();
        try {
            while (cluster == null && rest > 0 && (!others || isOtherFirst())) {
                rest = news.awaitNanos(rest);
            }
            return Optional.ofNullable(cluster);
        } finally {
            lock.unlock();
        }
    }

    /// The cluster that was met, if one was.
    public Optional<UUID> heard() {
        lock.lock();
        try {
            return Optional.ofNullable(cluster);
        } finally {
            lock.unlock();
        }
    }

    /// True if another node has the better right to found a cluster.
    public boolean isOtherFirst() {
        lock.lock();
        try {
            return !looking.isEmpty() && looking.first().compareTo(self) < 0;
        } finally {
            lock.unlock();
        }
    }
}
