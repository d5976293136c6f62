package io.legion.cluster.jgroups;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jgroups.Address;

/// One other node as this one sees it. What comes from either of them changes the [LinkState] here, under the
/// lock; then the link writes something, or tells the listener.
///
/// **Reachable** is a peer that answered a probe lately, see [Probing]. JGroups' view has no say.
///
/// **Session.** Once a peer is acceptable and reachable, this side draws a token and tells it in its greetings.
/// Once both sides know that the other knows its token, the session is up and frames flow. Each side ends a
/// session alone by dropping its token; the other side sees another token, or none, and ends it too. So neither
/// takes a frame of an earlier stay for one of a later stay.
///
/// **Threads.** One lock guards the link: its [LinkState], its [Probing], its [Session] and its [Writer]. The
/// link calls the listener without it.
final class Link {

    private final Peers peers;
    private final NodeId node;
    private final Inbox inbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final Probing probing;
    private final LinkState state;
    private final Writer writer;

    Link(Peers peers, NodeId node, Address address, long incarnation) {
        this.peers = peers;
        this.node = node;
        this.inbox = new Inbox(peers.threads());
        this.probing = new Probing(peers, incarnation);
        this.state = new LinkState(peers, this, node, inbox, probing, address);
        this.writer = new Writer(peers, this, state, probing, lock);
    }

    Address address() {
        return state.address();
    }

    boolean reachable() {
        return read(() -> probing.alive(System.nanoTime()));
    }

    /// Used bytes of the window.
    double outstanding() {
        return read(state::outstanding);
    }

    // ---- what comes from this node ----

    /// Takes a frame for sending; false if the writer drops it.
    boolean send(Bytes frame) {
        return writer.send(frame);
    }

    /// Looks at the clock: probes, acknowledges, and gives up a peer that does not answer.
    void tick(long now) {
        change(() -> {
            state.settle(now);
            probing.askInTime(now);
            var open = state.open();
            if (open != null && open.incoming().untold() > 0) {
                writer.acknowledge();
            }
        });
        inbox.tellSoon();
    }

    /// This process stood still for some time: nobody's silence in it counts.
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
            state.belongs(ours);
            probing.ask(System.nanoTime());
        });
        inbox.tellSoon();
    }

    /// Says good-bye and is silent from now on.
    void leave() {
        change(state::leave);
    }

    void close() {
        inbox.close();
    }

    /// Changes the link under the lock, and writes soon what is due then.
    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            writer.kick();
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> known) {
        lock.lock();
        try {
            return known.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- what comes from the other node ----

    /// True if a greeting is to be refused, as one of another start of this node id or from another place.
    boolean isTwin(Address from, Greeting greeting) {
        return read(() -> state.isTwin(from, greeting));
    }

    /// Takes a greeting.
    ///
    /// @param welcome whether the node may be a member, as far as its greeting tells
    void greeted(Address from, Greeting greeting, boolean welcome) {
        change(() -> state.greeted(from, greeting, welcome));
        inbox.tellHere();
    }

    /// Takes a parcel for the session with that token.
    void received(Parcel incoming) {
        change(() -> {
            var current = state.sessionOf(incoming);
            if (current != null) {
                accept(current, incoming);
            }
        });
        inbox.tellHere();
    }

    private void accept(Session current, Parcel incoming) {
        var frames = current.accept(incoming);
        if (frames.isEmpty()) {
            state.lostParcel();
        } else if (!frames.get().isEmpty()) {
            inbox.add(() -> deliver(current, frames.get()));
        }
    }

    private void deliver(Session current, List<Bytes> frames) {
        peers.audience().received(node, frames);
        change(() -> {
            var incoming = current.incoming();
            frames.forEach(frame -> incoming.processed(frame.size()));
            if (current == state.session() && incoming.untold() >= peers.acknowledgeAfter()) {
                writer.acknowledge();
            }
        });
    }

    // ---- what the writer tells, with the lock ----

    /// A connection broke, or there is none.
    void notWritten(Address to, boolean framesLost, Exception why) {
        peers.logger().debug(() -> "Can not write to " + node + " at " + to + ": " + why);
        if (state.notWritten(framesLost)) {
            writer.kick();
        }
        inbox.tellSoon();
    }
}
