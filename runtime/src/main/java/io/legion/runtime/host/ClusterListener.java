package io.legion.runtime.host;

import io.legion.runtime.storage.NodeMarks;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Hears the cluster service for a node: turns what it tells into inputs. Before the node belongs to a cluster, it
/// remembers which one was heard of first.
///
/// **Threads.** Any.
public final class ClusterListener implements Cluster.Listener {
    private static final int MOST_REFUSALS = 10;

    private final NodeHost host;
    private final Store store;
    private final Logger logger;
    private final CompletableFuture<UUID> first = new CompletableFuture<>();
    private final List<String> refusals = new ArrayList<>();
    private volatile @Nullable UUID own;
    private Cluster.@Nullable Participation participation;
    private boolean keptOut;

    ClusterListener(NodeHost host, Store store, Logger logger) {
        this.host = host;
        this.store = store;
        this.logger = logger;
    }

    /// From now on nodes of other clusters are not listened to.
    void belongsTo(UUID cluster) {
        own = cluster;
    }

    /// What to end when others keep this process out.
    synchronized void takesPartBy(Cluster.Participation begun) {
        participation = begun;
        leaveIfKeptOut();
    }

    /// R64: who stays would be taken for the node itself by those who lose sight of the first process.
    private synchronized void leaveIfKeptOut() {
        Cluster.Participation begun = participation;
        if (keptOut && begun != null) {
            participation = null;
            Thread.ofVirtual().name("legion-kept-out").start(begun::close);
        }
    }

    /// The cluster of the first node that was heard of.
    CompletableFuture<UUID> first() {
        return first;
    }

    /// Who was kept out, and why.
    List<String> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }

    @Override
    public void received(NodeId from, Bytes frame) {
        host.received(from, List.of(frame));
    }

    @Override
    public void received(NodeId from, List<Bytes> frames) {
        host.received(from, frames);
    }

    @Override
    public void joined(NodeId node, UUID cluster) {
        first.complete(cluster);
        host.force((self, now) -> {
            if (cluster.equals(own)) {
                NodeMarks.meet(store);
                self.joined(node, now);
            }
        });
    }

    @Override
    public void left(NodeId node) {
        host.force((self, now) -> self.left(node, now));
    }

    @Override
    public void keptOutAsTwin(String why) {
        refused(why);
        host.force((self, _) -> self.stop(why));
        synchronized (this) {
            keptOut = true;
            leaveIfKeptOut();
        }
    }

    @Override
    public void refused(String why) {
        logger.error(why);
        synchronized (refusals) {
            if (refusals.size() < MOST_REFUSALS) {
                refusals.add(why);
            }
        }
    }
}
