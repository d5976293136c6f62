package io.legion.cluster.jgroups.link;

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
/// **Threads.** One lock guards the link: its [LinkState], its [Probing], its [PeerSession] and its [Writer]. No
/// thread holds it while the listener hears of frames, or that the peer has joined or left.
public final class Link {

    private final LinkContext context;
    private final NodeId node;
    private final Inbox inbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final Probing probing;
    private final LinkState state;
    private final Writer writer;

    /// A link with a peer that was heard of for the first time.
    ///
    /// @param address where it was heard of
    /// @param incarnation its start
    public Link(LinkContext context, NodeId node, Address address, long incarnation) {
        this.context = context;
        this.node = node;
        this.inbox = new Inbox(context.threads());
        this.probing = new Probing(context, incarnation);
        this.state = new LinkState(context, this, node, inbox, probing, address);
        this.writer = new Writer(context, this, state, probing, lock);
    }

    /// Where the peer was heard of last.
    public Address address() {
        return state.address();
    }

    /// True if the peer answered a probe lately.
    public boolean reachable() {
        return read(() -> probing.alive(System.nanoTime()));
    }

    /// Used bytes of the window.
    double outstanding() {
        return read(state::outstanding);
    }

    // ---- what comes from this node ----

    /// Takes a frame for sending; false if the writer drops it.
    public boolean send(Bytes frame) {
        return writer.send(frame);
    }

    /// Looks at the clock: probes, acknowledges, and gives up a peer that does not answer.
    public void tick(long now) {
        change(() -> {
            state.settle(now);
            probing.askInTime(now);
            var open = state.open();
            if (open != null && !open.incoming().tick()) {
                state.lostParcel();
            } else if (open != null && open.incoming().untold() > 0) {
                writer.acknowledge();
            }
        });
        inbox.tellSoon();
    }

    /// This process stood still for some time: nobody's silence in it counts.
    public void excuse(long nanos) {
        change(() -> probing.excuse(nanos));
    }

    /// Asks now: something changed here, or there is doubt.
    public void probe() {
        change(() -> probing.ask(System.nanoTime()));
    }

    /// This node belongs to a cluster now.
    public void belongs(UUID ours) {
        change(() -> {
            state.belongs(ours);
            probing.ask(System.nanoTime());
        });
        inbox.tellSoon();
    }

    /// Another node listens where the peer did: the peer is gone, unless it is heard of in another place.
    public void displaced() {
        change(state::displaced);
        inbox.tellSoon();
    }

    /// Says good-bye and is silent from now on.
    public void leave() {
        change(state::leave);
    }

    /// The listener hears nothing more of this peer.
    public void close() {
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
    public boolean isTwin(Address from, Greeting greeting) {
        return read(() -> state.isTwin(from, greeting));
    }

    /// Takes a greeting.
    ///
    /// @param welcome whether the node may be a member, as far as its greeting tells
    public void greeted(Address from, Greeting greeting, boolean welcome) {
        change(() -> state.greeted(from, greeting, welcome));
        inbox.tellHere();
    }

    /// Takes a parcel for the session with that token.
    public void received(Parcel incoming) {
        change(() -> {
            var current = state.sessionOf(incoming);
            if (current != null) {
                accept(current, incoming);
            }
        });
        inbox.tellHere();
    }

    private void accept(PeerSession current, Parcel incoming) {
        var frames = current.accept(incoming);
        if (frames.isEmpty()) {
            state.lostParcel();
        } else if (!frames.get().isEmpty()) {
            inbox.add(() -> deliver(current, frames.get()));
        }
    }

    private void deliver(PeerSession current, List<Bytes> frames) {
        context.listener().received(node, frames);
        change(() -> {
            var incoming = current.incoming();
            frames.forEach(frame -> incoming.processed(frame.size()));
            if (current == state.session()
                    && incoming.untold() >= context.settings().acknowledgeAfterBytes()) {
                writer.acknowledge();
            }
        });
    }

    // ---- what the writer tells, with the lock ----

    /// A connection broke, or there is none.
    void notWritten(Address to, boolean framesLost, Exception why) {
        context.logger().debug(() -> "Can not write to " + node + " at " + to + ": " + why);
        if (state.notWritten(framesLost)) {
            writer.kick();
        }
        inbox.tellSoon();
    }
}
