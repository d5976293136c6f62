package io.legion.cluster.jgroups.peers;

import io.legion.cluster.jgroups.link.Inbox;
import io.legion.cluster.jgroups.link.LinkListener;
import io.legion.cluster.jgroups.wire.Doorbook;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.Logger;
import io.legion.spi.Cluster;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/// What the user of the cluster service hears: the members, what happens, and which nodes are kept out, once
/// for each reason. What its listener throws is logged and goes no further.
final class Audience implements LinkListener {

    private final Cluster.Listener listener;
    private final Logger logger;
    private final ClusterMeters meters;
    private final Doorbook doorbook;
    private final Inbox refusals;
    private final Set<String> refused = Collections.synchronizedSet(new HashSet<>());
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Set<NodeId> members = Set.of();

    Audience(Cluster.Listener listener, Logger logger, ClusterMeters meters, Doorbook doorbook, Executor threads) {
        this.listener = listener;
        this.logger = logger;
        this.meters = meters;
        this.doorbook = doorbook;
        this.refusals = new Inbox(threads);
    }

    Set<NodeId> members() {
        return members;
    }

    /// There are no members any more, and refusals go nowhere.
    void close() {
        refusals.close();
        members = Set.of();
    }

    @Override
    public void member(NodeId node, DoubleSupplier used) {
        change(node, true);
        refused.removeIf(reason -> reason.startsWith(node.toString()));
        meters.show(node, used);
    }

    @Override
    public void notMember(NodeId node) {
        change(node, false);
        meters.hide(node);
    }

    private void change(NodeId node, boolean here) {
        lock.lock();
        try {
            var next = new TreeSet<>(members);
            if (here) {
                next.add(node);
            } else {
                next.remove(node);
            }
            members = Collections.unmodifiableSet(next);
        } finally {
            lock.unlock();
        }
    }

    // ---- what the listener hears, on the calling thread ----

    @Override
    public void joined(NodeId node, UUID cluster) {
        guarded(() -> listener.joined(node, cluster));
    }

    @Override
    public void left(NodeId node) {
        guarded(() -> listener.left(node));
    }

    @Override
    public void looks(NodeId node, boolean there) {
        guarded(() -> listener.looks(node, there));
    }

    @Override
    public void received(NodeId node, List<Bytes> frames) {
        frames.forEach(frame -> meters.received(frame.size()));
        guarded(() -> listener.received(node, frames));
    }

    /// Tells the listener, on a thread of its own, that other nodes have a process with this node's id already.
    void keptOutAsTwin(Admission reason) {
        tellOnce(reason.kind(), () -> listener.keptOutAsTwin(reason.why()));
    }

    /// Tells the listener, on a thread of its own, that a node is kept out, or keeps this one out.
    void refuse(NodeId node, Admission reason) {
        refuse(node.toString(), reason);
    }

    /// The same for a process known only by its address.
    void refuse(String who, Admission reason) {
        doorbook.keptOut(who, reason.isCertificate(), reason.why());
        tellOnce(who + reason.kind(), () -> {
            if (reason.isSeparate()) {
                listener.foundedSeparately(reason.why());
            } else {
                listener.refused(reason.why());
            }
        });
    }

    private void tellOnce(String what, Runnable telling) {
        if (refused.size() < Peers.MOST && refused.add(what)) {
            refusals.add(() -> guarded(telling));
            refusals.tellSoon();
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable failed) {
            // Errors too: the thread has other peers to hear.
            logger.error("A listener of the cluster failed: " + failed, failed);
        }
    }
}
