package io.legion.cluster.jgroups;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// One other node as this one sees it: whether it is reachable, the session with it, and what the listener is told.
///
/// **Reachable** is who answered a probe lately, see [Probing]. JGroups' view has no say.
///
/// **Session.** When a peer is acceptable and reachable, this side draws a token and tells it in its greetings. When
/// both sides know that the other knows its token, the session is up and frames flow. Each side ends a session alone
/// by dropping its token; the other one sees another token, or none, and ends it too. So no frame of an earlier stay
/// is taken for one of a later.
///
/// **Threads.** One lock guards the link, its [Probing], its [Session] and its [Writer]; the listener is called
/// without it.
final class Link {

    private final Peers peers;
    private final NodeId node;
    private final Inbox inbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final Presence presence;
    private final Probing probing;
    private final Writer writer;

    private volatile Address address;
    private @Nullable UUID cluster;
    private boolean acceptable;
    private @Nullable Session session;

    Link(Peers peers, NodeId node, Address address, long incarnation) {
        this.peers = peers;
        this.node = node;
        this.address = address;
        this.inbox = new Inbox(peers.threads());
        this.presence = new Presence(peers, node, inbox);
        this.probing = new Probing(peers, incarnation);
        this.writer = new Writer(peers, this, probing, lock);
    }

    Address address() {
        return address;
    }

    boolean reachable() {
        return read(() -> probing.alive(System.nanoTime()));
    }

    /// Bytes of the window that are used.
    double outstanding() {
        return read(() -> session == null ? 0L : session.outstanding());
    }

    // ---- what comes from this node ----

    /// Takes a frame for sending; false if it is dropped.
    boolean send(Bytes frame) {
        return writer.send(frame);
    }

    /// Looks at the clock: probes, acknowledges, and gives up a peer that does not answer.
    void tick(long now) {
        change(() -> {
            settle(now);
            probing.askInTime(now);
            var open = open();
            if (open != null && open.untold() > 0) {
                writer.acknowledge();
            }
        });
        inbox.tellSoon();
    }

    /// Time has passed in which this process stood still: nobody's silence in it counts.
    void excuse(long nanos) {
        change(() -> probing.excuse(nanos));
    }

    /// Asks now: something changed here, or there is doubt.
    void probe() {
        change(() -> probing.ask(System.nanoTime()));
    }

    /// This node belongs to a cluster now.
    void belongs(UUID ours) {
        change(() -> {
            if (ours.equals(cluster)) {
                presence.tellAgain();
            } else {
                acceptable = false;
            }
            settle(System.nanoTime());
            probing.ask(System.nanoTime());
        });
        inbox.tellSoon();
    }

    /// Says good-bye and is silent from now on.
    void leave() {
        change(() -> {
            session = null;
            probing.leave();
        });
    }

    void close() {
        inbox.close();
    }

    /// With the lock, and what is to be written then is written soon.
    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            writer.kick();
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> state) {
        lock.lock();
        try {
            return state.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- what comes from the other node ----

    /// Whether a greeting of another start of this node id, or from another place, is to be refused.
    boolean isTwin(Address from, Greeting greeting) {
        return read(() -> {
            // Two processes can not listen at one address: this is the same node, started again.
            boolean again = from.equals(address) && greeting.incarnation() > probing.incarnation();
            return greeting.incarnation() != probing.incarnation() && !again && probing.alive(System.nanoTime());
        });
    }

    /// Takes a greeting.
    ///
    /// @param welcome whether the node may be a member, as far as its greeting tells
    void greeted(Address from, Greeting greeting, boolean welcome) {
        change(() -> {
            long now = System.nanoTime();
            if (greeting.incarnation() != probing.incarnation()) {
                probing.startOver(greeting.incarnation());
                settle(now);
            }
            if (probing.isNews(greeting)) {
                address = from;
                cluster = greeting.cluster();
                acceptable = welcome && greeting.stance() != Greeting.Stance.LEAVING;
                probing.take(greeting, now);
                agree(greeting);
                settle(now);
                if (session != null && session.adopt(greeting)) {
                    probing.want();
                }
            }
        });
        inbox.tellHere();
    }

    /// Brings the session in line with what the peer says of it.
    private void agree(Greeting greeting) {
        // An introduction may have been on its way when both had met already.
        if (session == null || greeting.stance() == Greeting.Stance.INTRODUCTION) {
            return;
        }
        switch (session.agree(greeting, inbox.busy())) {
            case AS_BEFORE -> {}
            case NEW_TOKEN -> probing.want();
            case ENDED -> end();
            case PARCELS_LOST -> endAsLost();
        }
    }

    /// Takes a parcel for the session with that token.
    void received(Parcel incoming) {
        change(() -> {
            var current = session;
            if (current == null || current.token != incoming.to()) {
                return;
            }
            if (!current.up) {
                // Who sends knows both tokens.
                current.peerToken = incoming.from();
                current.up = true;
                settle(System.nanoTime());
            }
            if (current.peerToken == incoming.from()) {
                accept(current, incoming);
            }
        });
        inbox.tellHere();
    }

    private void accept(Session current, Parcel incoming) {
        var frames = current.accept(incoming);
        if (frames.isEmpty()) {
            endAsLost();
            settle(System.nanoTime());
        } else {
            frames.get().forEach(frame -> inbox.add(() -> deliver(current, frame)));
        }
    }

    private void deliver(Session current, Bytes frame) {
        peers.audience().received(node, frame);
        change(() -> {
            current.processed(frame.size());
            if (current == session && current.untold() >= peers.acknowledgeAfter()) {
                writer.acknowledge();
            }
        });
    }

    // ---- what the writer asks and tells, with the lock ----

    @Nullable
    Session session() {
        return session;
    }

    /// The session, if it is up.
    @Nullable
    Session open() {
        return session != null && session.up ? session : null;
    }

    /// A connection broke, or there is none.
    void notWritten(Address to, boolean framesLost, Exception why) {
        peers.logger().debug(() -> "Can not write to " + node + " at " + to + ": " + why);
        if (framesLost) {
            end();
        }
        long now = System.nanoTime();
        boolean askAgain = probing.failed(now);
        settle(now);
        if (askAgain) {
            writer.kick();
        }
        inbox.tellSoon();
    }

    // ---- the state ----

    private void endAsLost() {
        peers.logger().debug(() -> "A parcel from " + node + " was lost; it is told as left and joined.");
        end();
    }

    /// Ends the session; another one begins when the peer is still acceptable.
    private void end() {
        if (session != null) {
            peers.forget(session.token);
            session = null;
            settlePresence();
        }
    }

    /// Makes what the listener is told, and the session, fit what is known.
    private void settle(long now) {
        if (probing.fellSilent(now)) {
            var lost = address;
            // Opened anew, a connection works sooner after a cut than one that waits to send again.
            peers.threads().execute(() -> peers.wire().drop(lost));
        }
        var ours = peers.cluster();
        boolean wanted = acceptable && probing.answered() && ours != null && ours.equals(cluster);
        if (!wanted) {
            end();
        } else if (session == null) {
            session = new Session(peers.newToken(this));
            probing.want();
        }
        settlePresence();
    }

    private void settlePresence() {
        var theirs = cluster;
        boolean here = peers.cluster() == null ? acceptable && probing.answered() : open() != null;
        if (here && theirs != null) {
            presence.here(address, theirs, this::outstanding);
        } else {
            presence.gone(address);
        }
    }
}
