package io.legion.cluster.jgroups.link;

import io.legion.core.NodeId;
import java.util.UUID;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// What is known of the peer of a [Link], and what follows from it: whether there is a session, and what the
/// listener hears. The lock of the link guards it; news for the listener goes into the link's [Inbox].
final class LinkState {

    private final LinkContext context;
    private final Link link;
    private final NodeId node;
    private final Inbox inbox;
    private final Probing probing;
    private final Presence presence;

    private volatile Address address;
    private @Nullable UUID cluster;
    private boolean mayFound;
    private boolean acceptable;
    private @Nullable PeerSession session;

    LinkState(LinkContext context, Link link, NodeId node, Inbox inbox, Probing probing, Address address) {
        this.context = context;
        this.link = link;
        this.node = node;
        this.inbox = inbox;
        this.probing = probing;
        this.presence = new Presence(context, node, inbox);
        this.address = address;
    }

    /// Where the peer was heard of last; needs no lock.
    Address address() {
        return address;
    }

    @Nullable
    PeerSession session() {
        return session;
    }

    /// The session, if it is up.
    @Nullable
    PeerSession open() {
        return session != null && session.up ? session : null;
    }

    /// Used bytes of the window.
    long outstanding() {
        return session == null ? 0L : session.outgoing().outstanding();
    }

    /// True if a greeting is of another start of this node id, or from another place, while the peer lives.
    boolean isTwin(Address from, Greeting greeting) {
        // Two processes cannot listen at one address: this is the same node, started again.
        boolean again = from.equals(address) && greeting.incarnation() > probing.incarnation();
        return greeting.incarnation() != probing.incarnation() && !again && probing.alive(System.nanoTime());
    }

    // ---- what happens ----

    /// This node belongs to a cluster now.
    void belongs(UUID ours) {
        if (ours.equals(cluster)) {
            presence.tellAgain();
        } else {
            acceptable = false;
        }
        settle(System.nanoTime());
    }

    /// This node says good-bye.
    void leave() {
        session = null;
        probing.leave();
    }

    /// Another node listens where the peer did.
    void displaced() {
        probing.displaced();
        settle(System.nanoTime());
    }

    /// The peer has sent a greeting.
    ///
    /// @param welcome whether the node may be a member, as far as its greeting tells
    void greeted(Address from, Greeting greeting, boolean welcome) {
        long now = System.nanoTime();
        if (greeting.incarnation() != probing.incarnation()) {
            probing.startOver(greeting.incarnation());
            settle(now);
        }
        if (probing.isNews(greeting)) {
            address = from;
            cluster = greeting.cluster();
            mayFound = greeting.mayFound();
            acceptable = welcome && greeting.stance() != Greeting.Stance.LEAVING;
            probing.take(greeting, now);
            agree(greeting);
            settle(now);
            if (session != null && session.adopt(greeting)) {
                probing.want();
            }
        }
    }

    /// Brings the session in line with what the peer says of it.
    private void agree(Greeting greeting) {
        // An introduction may have been sent before the two met.
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

    /// The session that a parcel is for, which is up now; null if the parcel is for another session.
    @Nullable
    PeerSession sessionOf(Parcel incoming) {
        var current = session;
        if (current == null || current.token != incoming.to()) {
            return null;
        }
        if (!current.up) {
            // The sender knows both tokens.
            current.peerToken = incoming.from();
            current.up = true;
            settle(System.nanoTime());
        }
        return current.peerToken == incoming.from() ? current : null;
    }

    /// A parcel did not come.
    void lostParcel() {
        endAsLost();
        settle(System.nanoTime());
    }

    /// A connection broke, or there is none.
    ///
    /// @return whether to ask the peer at once why
    boolean notWritten(boolean framesLost) {
        if (framesLost) {
            end();
        }
        long now = System.nanoTime();
        boolean askAgain = probing.failed(now);
        settle(now);
        return askAgain;
    }

    // ---- what follows ----

    private void endAsLost() {
        context.logger()
                .debug(() -> "A parcel from " + node + " was lost; the listener hears that the node left and joined.");
        end();
    }

    /// Ends the session; another one begins if the peer is still acceptable.
    private void end() {
        if (session != null) {
            context.forget(session.token);
            session = null;
            settlePresence();
        }
    }

    /// Makes the session, and what the listener hears, fit what is known.
    void settle(long now) {
        if (probing.fellSilent(now)) {
            var lost = address;
            // After a cut, a new connection works sooner than one that waits to send again.
            context.threads().execute(() -> context.wire().drop(lost));
        }
        var ours = context.cluster();
        boolean wanted = acceptable && probing.answered() && ours != null && ours.equals(cluster);
        if (!wanted) {
            end();
        } else if (session == null) {
            session = new PeerSession(context.newToken(link));
            probing.want();
        }
        settlePresence();
    }

    private void settlePresence() {
        var theirs = cluster;
        boolean here = context.cluster() == null ? acceptable && probing.answered() : open() != null;
        if (here && theirs != null) {
            presence.here(address, theirs, link::outstanding);
        } else {
            presence.gone(address);
        }
        // After that: a peer that has founded its cluster is first in it, and then looks no more.
        boolean bothLook = context.cluster() == null && theirs == null;
        presence.looks(bothLook && mayFound && acceptable && probing.answered());
    }
}
