package io.legion.runtime.host;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.Logger;
import io.legion.spi.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Listens to the cluster service for a node, and turns what it hears into inputs. Until the node belongs to a
/// cluster, it remembers which cluster it heard of first.
///
/// **Threads.** Any.
public final class ClusterListener implements Cluster.Listener {
    private static final int MOST_REFUSALS = 10;

    private final NodeHost host;
    private final Logger logger;
    private final Founders founders;
    private final List<String> refusals = new ArrayList<>();
    private volatile @Nullable UUID own;
    private Cluster.@Nullable Participation participation;
    private boolean keptOut;

    /// What comes before the process leaves.
    private Runnable farewell = () -> {};

    private volatile boolean foundedNow;

    /// @param self the id of the node
    public ClusterListener(NodeId self, NodeHost host, Logger logger) {
        this.host = host;
        this.logger = logger;
        this.founders = new Founders(self);
    }

    /// From now on it ignores nodes of other clusters.
    public void belongsTo(UUID cluster) {
        own = cluster;
    }

    /// Sets what to end when other nodes keep this process out.
    public synchronized void takesPartBy(Cluster.Participation begun) {
        participation = begun;
        host.give((self, _) -> self.whenKeptOut(this::unfit));
        leaveIfKeptOut();
    }

    private synchronized void leaveIfKeptOut() {
        Cluster.Participation begun = participation;
        if (keptOut && begun != null) {
            participation = null;
            Thread.ofVirtual().name("legion-kept-out").start(() -> {
                try {
                    farewell.run();
                } finally {
                    begun.close();
                }
            });
        }
    }

    /// What was heard of clusters, and of other nodes that look for one.
    public Founders founders() {
        return founders;
    }

    /// Which nodes were kept out, and why.
    public List<String> refusals() {
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
        founders.met(cluster);
        host.give((self, now) -> {
            if (cluster.equals(own)) {
                self.joined(node, now);
            }
        });
    }

    @Override
    public void left(NodeId node) {
        host.give((self, now) -> self.left(node, now));
    }

    @Override
    public void looks(NodeId node, boolean there) {
        founders.looks(node, there);
    }

    /// Two nodes of one service may have founded a cluster each, because they could not see each other when
    /// they started. Whoever founded in this start, is alone and has accepted nothing gives way: both of
    /// them, if so are both.
    @Override
    public void foundedSeparately(String why) {
        refused(why);
        host.give((self, _) -> {
            if (foundedNow && self.view().isUntouched()) {
                String text = "This node founded its cluster a moment ago, alone, and gives way to the other one of"
                        + " that name: it serves nothing, and it had accepted nothing. Start it again with an empty"
                        + " store, when it can reach the other nodes: it then joins them.";
                refused(text);
                self.stop(text);
            }
        });
    }

    /// This start founded the cluster, with nothing.
    public void founded() {
        foundedNow = true;
    }

    /// R64: if this process stayed, nodes that lose sight of the first one would take it for the node itself.
    @Override
    public void keptOutAsTwin(String why) {
        keptOut(why, () -> {});
    }

    /// R87: this process serves nothing from now on, and leaves the cluster once it has told which release it is of.
    private void unfit(String why) {
        // What the node has for others goes out when it is given back.
        keptOut(why, () -> host.withNode((_, _) -> {}));
    }

    private void keptOut(String why, Runnable before) {
        refused(why);
        host.give((self, _) -> self.stop(why));
        synchronized (this) {
            keptOut = true;
            farewell = before;
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
