package io.legion.cluster.jgroups;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// One other node as this one sees it: whether it is reachable, the session with it, and what goes to it.
///
/// **Reachable** is who answered a probe lately: an answer proves both directions. JGroups' view has no say.
///
/// **Session.** When a peer is acceptable and reachable, this side draws a token and tells it in its greetings. When
/// both sides know that the other knows its token, the session is up and frames flow. Each side ends a session alone
/// by dropping its token; the other one sees another token, or none, and ends it too. So no frame of an earlier stay
/// is taken for one of a later.
///
/// **Writing.** One thread at a time writes to a peer: the caller of [#send] when nothing is on its way, so that the
/// buffers of the socket hold the frame for sure; else a thread of the pool, which may be stuck when the peer does not
/// read. The thread costs a little more for a lone frame, and several times less when frames follow each other: it
/// puts those that have gathered into one parcel.
final class Link {

    /// The largest frame that a caller writes itself. Buffers of sockets hold more.
    private static final int INLINE_BYTES = 32 * 1024;

    /// How many greetings say that a parcel was sent that did not come, until it counts as lost.
    private static final int STALLED_GREETINGS = 3;

    private final Peers peers;
    private final NodeId node;
    private final Inbox inbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteBuffer parcel = ByteBuffer.allocate(WireFormat.PARCEL_BYTES);

    private Address address;
    private long incarnation;
    private @Nullable UUID cluster;
    private boolean acceptable;
    private long heardAt;
    private boolean answered;
    private long answeredAt;
    private boolean told;
    private volatile @Nullable Session session;

    // What is to be written.
    private boolean writing;
    private boolean greet;
    private boolean acknowledge;
    private long answer;
    private Greeting.Stance stance = Greeting.Stance.WELCOME;
    private int failures;
    private boolean asking;
    private long askedAt;

    private long stalledAt;
    private int stalled;

    Link(Peers peers, NodeId node, Address address, long incarnation) {
        this.peers = peers;
        this.node = node;
        this.address = address;
        this.incarnation = incarnation;
        this.heardAt = Long.MIN_VALUE;
        this.inbox = new Inbox(peers.threads());
    }

    NodeId node() {
        return node;
    }

    Address address() {
        lock.lock();
        try {
            return address;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the listener believes that the peer can be reached.
    boolean told() {
        lock.lock();
        try {
            return told;
        } finally {
            lock.unlock();
        }
    }

    boolean reachable() {
        lock.lock();
        try {
            return fresh(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    double outstanding() {
        lock.lock();
        try {
            var current = session;
            return current == null ? 0 : current.outstanding();
        } finally {
            lock.unlock();
        }
    }

    // ---- what comes from this node ----

    /// Takes a frame for sending; false if it is dropped.
    boolean send(Bytes frame) {
        boolean inline;
        lock.lock();
        try {
            var current = session;
            if (current == null || !current.up || !current.take(frame, peers.window())) {
                return false;
            }
            if (writing) {
                return true;
            }
            writing = true;
            inline = current.onTheWay() == 0 && frame.size() <= INLINE_BYTES;
        } finally {
            lock.unlock();
        }
        if (inline) {
            write(1);
        } else {
            peers.threads().execute(() -> write(Integer.MAX_VALUE));
        }
        return true;
    }

    /// Looks at the clock: probes, acknowledges, and gives up a peer that does not answer.
    void tick(long now) {
        lock.lock();
        try {
            settle(now);
            if (now - askedAt >= peers.probeNanos() * Math.clamp(failures, 1, 10)) {
                ask(now);
            }
            var current = session;
            if (current != null && current.up && current.untold() > 0) {
                acknowledge = true;
            }
            kick();
        } finally {
            lock.unlock();
        }
        inbox.tellSoon();
    }

    /// Time has passed in which this process stood still: nobody's silence in it counts.
    void excuse(long nanos) {
        lock.lock();
        try {
            answeredAt += nanos;
        } finally {
            lock.unlock();
        }
    }

    /// Asks now: something changed here, or there is doubt.
    void probe() {
        lock.lock();
        try {
            ask(System.nanoTime());
            kick();
        } finally {
            lock.unlock();
        }
    }

    /// This node belongs to a cluster now.
    void belongs(UUID ours) {
        lock.lock();
        try {
            if (ours.equals(cluster)) {
                // It is told again when frames can flow.
                told = false;
                peers.membersChanged(node, false);
            } else {
                acceptable = false;
            }
            settle(System.nanoTime());
            ask(System.nanoTime());
            kick();
        } finally {
            lock.unlock();
        }
        inbox.tellSoon();
    }

    /// Says good-bye and is silent from now on.
    void leave() {
        lock.lock();
        try {
            stance = Greeting.Stance.LEAVING;
            session = null;
            greet = true;
            kick();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        inbox.close();
    }

    private void ask(long now) {
        askedAt = now;
        asking = true;
        greet = true;
    }

    // ---- what comes from the other node ----

    /// Whether a greeting of another start of this node id, or from another place, is to be refused.
    boolean isTwin(Address from, Greeting greeting) {
        lock.lock();
        try {
            if (greeting.incarnation() == incarnation) {
                return false;
            }
            // Two processes can not listen at one address: this is the same node, started again.
            boolean again = from.equals(address) && greeting.incarnation() > incarnation;
            return !again && fresh(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /// Takes a greeting.
    ///
    /// @param welcome whether the node may be a member, as far as its greeting tells
    void greeted(Address from, Greeting greeting, boolean welcome) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (greeting.incarnation() != incarnation) {
                startOver(greeting.incarnation(), now);
            }
            if (greeting.sentAt() <= heardAt) {
                return;
            }
            heardAt = greeting.sentAt();
            address = from;
            cluster = greeting.cluster();
            boolean leaving = greeting.stance() == Greeting.Stance.LEAVING;
            acceptable = welcome && !leaving;
            if (leaving) {
                answered = false;
            } else {
                answered(greeting, now);
            }
            agree(greeting);
            settle(now);
            adopt(greeting);
            kick();
        } finally {
            lock.unlock();
        }
        inbox.tellHere();
    }

    private void startOver(long next, long now) {
        answered = false;
        settle(now);
        incarnation = next;
        heardAt = Long.MIN_VALUE;
        failures = 0;
    }

    private void answered(Greeting greeting, long now) {
        long asked = greeting.answers();
        if (asked != 0 && asked - now <= 0 && (!answered || asked - answeredAt > 0)) {
            answered = true;
            answeredAt = asked;
            failures = 0;
        }
        if (greeting.asks()) {
            answer = greeting.sentAt();
            greet = true;
        }
        if (!answered) {
            ask(now);
        }
    }

    /// A session that has just begun takes the token that the peer has told already.
    private void adopt(Greeting greeting) {
        var current = session;
        if (current != null && current.peerToken == 0 && greeting.token() != 0) {
            current.peerToken = greeting.token();
            greet = true;
        }
    }

    /// Brings the session in line with what the peer says of it.
    private void agree(Greeting greeting) {
        var current = session;
        if (current == null) {
            return;
        }
        if (current.up && greeting.token() != current.peerToken) {
            end();
        } else if (!current.up && greeting.token() != 0) {
            if (current.peerToken != greeting.token()) {
                current.peerToken = greeting.token();
                greet = true;
            }
            current.up = greeting.yours() == current.token;
        } else if (current.up && isStalled(current, greeting)) {
            peers.logger().debug(() -> "Parcels from " + node + " were lost; it is told as left and joined.");
            end();
        }
    }

    /// Whether a parcel at the end was lost: the peer said so some time ago, and nothing has come since.
    private boolean isStalled(Session current, Greeting greeting) {
        if (greeting.yours() != current.token || greeting.parcels() <= current.parcelsExpected || inbox.busy()) {
            stalled = 0;
            return false;
        }
        if (stalled == 0 || stalledAt != current.parcelsExpected) {
            stalledAt = current.parcelsExpected;
            stalled = 1;
            return false;
        }
        return ++stalled > STALLED_GREETINGS;
    }

    /// Takes a parcel for the session with that token.
    void received(Parcel incoming) {
        lock.lock();
        try {
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
            kick();
        } finally {
            lock.unlock();
        }
        inbox.tellHere();
    }

    private void accept(Session current, Parcel incoming) {
        current.acknowledged(incoming.processed());
        if (incoming.pieces().isEmpty() || incoming.number() < current.parcelsExpected) {
            return;
        }
        if (incoming.number() > current.parcelsExpected) {
            peers.logger().debug(() -> "A parcel from " + node + " was lost; it is told as left and joined.");
            end();
            settle(System.nanoTime());
            return;
        }
        current.parcelsExpected++;
        for (var piece : incoming.pieces()) {
            var frame = piece.whole() ? piece.bytes() : current.assemble(piece);
            if (frame != null) {
                inbox.add(() -> deliver(current, frame));
            }
        }
    }

    private void deliver(Session current, Bytes frame) {
        peers.tellReceived(node, frame);
        lock.lock();
        try {
            current.processed(frame.size());
            if (current == session && current.untold() >= peers.acknowledgeAfter()) {
                acknowledge = true;
                kick();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- the state ----

    private boolean fresh(long now) {
        return answered && now - answeredAt <= peers.unreachableNanos();
    }

    /// Ends the session; another one begins when the peer is still acceptable.
    private void end() {
        var ended = session;
        if (ended != null) {
            peers.forget(ended.token);
            session = null;
            settleTold();
        }
    }

    /// Makes what the listener is told, and the session, fit what is known.
    private void settle(long now) {
        boolean silent = answered && !fresh(now);
        if (silent) {
            answered = false;
            var lost = address;
            // Opened anew, a connection works sooner after a cut than one that waits to send again.
            peers.threads().execute(() -> peers.drop(lost));
        }
        var ours = peers.cluster();
        boolean wanted = acceptable && answered && ours != null && ours.equals(cluster);
        if (!wanted) {
            end();
        } else if (session == null) {
            session = new Session(peers.newToken(this));
            greet = true;
        }
        settleTold();
    }

    private void settleTold() {
        var ours = peers.cluster();
        var current = session;
        var theirs = cluster;
        boolean here = ours == null ? acceptable && answered && theirs != null : current != null && current.up;
        if (here == told) {
            return;
        }
        told = here;
        if (here && theirs != null) {
            peers.logger().info("The node " + node + " at " + address + " can be reached.");
            inbox.add(() -> peers.tellJoined(node, theirs));
        } else {
            peers.logger().info("The node " + node + " at " + address + " can not be reached any more.");
            inbox.add(() -> peers.tellLeft(node));
        }
        peers.membersChanged(node, here);
    }

    // ---- writing ----

    /// Lets a thread of the pool write if there is something to write and nobody at it.
    private void kick() {
        var current = session;
        boolean frames = current != null && current.up && current.hasFrames();
        if (!writing && (greet || acknowledge || frames)) {
            writing = true;
            peers.threads().execute(() -> write(Integer.MAX_VALUE));
        }
    }

    /// Writes what there is. The field `writing` was set for the thread that calls it.
    private void write(int mostParcels) {
        for (int parcels = 0; ; parcels++) {
            Address to;
            byte[] greeting = null;
            int length = 0;
            lock.lock();
            try {
                var current = session;
                boolean open = current != null && current.up;
                to = address;
                if (greet) {
                    greeting = greeting(current).toBytes();
                } else if (open && current != null && (current.hasFrames() || acknowledge)) {
                    if (parcels >= mostParcels) {
                        peers.threads().execute(() -> write(Integer.MAX_VALUE));
                        return;
                    }
                    current.pack(parcel);
                    acknowledge = false;
                    length = parcel.position();
                } else {
                    acknowledge = false;
                    writing = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (!written(to, greeting, length)) {
                return;
            }
        }
    }

    private Greeting greeting(@Nullable Session current) {
        boolean asks = asking;
        long answers = answer;
        greet = false;
        asking = false;
        answer = 0;
        return peers.greeting(
                System.nanoTime(),
                asks,
                answers,
                current == null ? 0 : current.token,
                current == null ? 0 : current.peerToken,
                current == null ? 0 : current.parcelsSent(),
                stance);
    }

    private boolean written(Address to, byte @Nullable [] greeting, int length) {
        try {
            if (greeting != null) {
                peers.wire().send(to, greeting, greeting.length);
            } else {
                peers.wire().send(to, parcel.array(), length);
            }
            return true;
        } catch (Exception failed) {
            failed(to, greeting == null, failed);
            return false;
        }
    }

    /// A connection broke, or there is none. The first time another greeting finds out which.
    private void failed(Address to, boolean framesLost, Exception why) {
        peers.logger().debug(() -> "Can not write to " + node + " at " + to + ": " + why);
        lock.lock();
        try {
            writing = false;
            failures++;
            if (framesLost) {
                end();
            }
            if (failures > 1) {
                answered = false;
            } else {
                ask(System.nanoTime());
            }
            settle(System.nanoTime());
            if (failures == 1) {
                kick();
            }
        } finally {
            lock.unlock();
        }
        inbox.tellSoon();
    }
}
