package io.legion.cluster.jgroups.link;

import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.core.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// One stay of a peer: how both sides agree on their tokens, and what has passed between them since. Its [Link]
/// owns it and guards it with its lock.
final class PeerSession {

    /// A parcel counts as lost once more greetings than this have said that it was sent, and it has not come.
    private static final int STALLED_GREETINGS = 3;

    /// What a greeting means for a session.
    enum Agreement {
        AS_BEFORE,
        /// The peer's token is new here: the peer must hear that it is known now.
        NEW_TOKEN,
        /// The peer has ended it.
        ENDED,
        /// The peer sent parcels that did not come.
        PARCELS_LOST
    }

    /// The token on parcels from the peer.
    final long token;

    /// The token on parcels to the peer; 0 while it is not known.
    long peerToken;

    /// True if both sides know both tokens.
    boolean up;

    private final OutgoingFrames outgoing = new OutgoingFrames();
    private final IncomingFrames incoming = new IncomingFrames();

    // How often the peer has said that it sent what did not come, and which parcel was expected then.
    private int stalled;
    private long stalledAt;

    PeerSession(long token) {
        this.token = token;
    }

    OutgoingFrames outgoing() {
        return outgoing;
    }

    IncomingFrames incoming() {
        return incoming;
    }

    // ---- what both sides know of each other ----

    /// Brings the session in line with what the peer says of it.
    ///
    /// @param busy whether parcels that came are still being worked on
    Agreement agree(Greeting greeting, boolean busy) {
        if (up) {
            if (greeting.token() != peerToken) {
                return Agreement.ENDED;
            }
            return isStalled(greeting, busy) ? Agreement.PARCELS_LOST : Agreement.AS_BEFORE;
        }
        if (greeting.token() == 0) {
            return Agreement.AS_BEFORE;
        }
        boolean known = peerToken == greeting.token();
        peerToken = greeting.token();
        up = greeting.yours() == token;
        return known ? Agreement.AS_BEFORE : Agreement.NEW_TOKEN;
    }

    /// A session that has just begun takes the token that the peer has told already.
    ///
    /// @return whether it did
    boolean adopt(Greeting greeting) {
        boolean fresh = peerToken == 0 && greeting.token() != 0;
        if (fresh) {
            peerToken = greeting.token();
        }
        return fresh;
    }

    /// True if a parcel at the end was lost: the peer said so some time ago, and nothing has come since.
    private boolean isStalled(Greeting greeting, boolean busy) {
        long expected = incoming.parcelsExpected();
        if (greeting.yours() != token || greeting.parcels() <= expected || busy) {
            stalled = 0;
            return false;
        }
        if (stalled == 0 || stalledAt != expected) {
            stalledAt = expected;
            stalled = 1;
            return false;
        }
        return ++stalled > STALLED_GREETINGS;
    }

    // ---- what is in parcels ----

    /// Fills a parcel with as many frames as fit, and the latest acknowledgement.
    void pack(ByteBuffer parcel) {
        parcel.clear();
        parcel.putShort(WireFormat.MAGIC).put(WireFormat.PARCEL);
        parcel.putLong(peerToken).putLong(token).putLong(incoming.tell()).putLong(outgoing.parcelsSent());
        outgoing.pack(parcel);
    }

    /// Takes a parcel with its acknowledgement: see [IncomingFrames#accept].
    Optional<List<Bytes>> accept(Parcel parcel) {
        outgoing.acknowledged(parcel.processed());
        return incoming.accept(parcel);
    }
}
