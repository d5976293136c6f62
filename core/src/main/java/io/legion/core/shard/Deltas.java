package io.legion.core.shard;

import io.legion.core.HybridTime;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The flow of events and rows between participants: rules R7 and R10 to R17.
final class Deltas {
    /// The most events in one delta.
    private static final int MOST = 512;

    /// How much longer than the set time a replica may wait before it repeats itself to one that does not answer.
    private static final int MOST_BACKOFF = 16;

    /// What this replica has told one other participant.
    private static final class Peer {
        long sentOwn;
        VersionVector told = VersionVector.EMPTY;
        boolean owesAnswer;

        /// What it is to show in its row, and since when that has been waited for; null while nothing is.
        @Nullable
        VersionVector awaited;

        long awaitedMillis;
        long heardMillis;
        int backoff = 1;
    }

    private final ReplicaState state;
    private final Hashes hashes;
    private final TreeMap<ParticipantId, Peer> peers = new TreeMap<>();

    Deltas(ReplicaState state, Hashes hashes) {
        this.state = state;
        this.hashes = hashes;
    }

    private Peer peer(ParticipantId participant) {
        return peers.computeIfAbsent(participant, _ -> {
            var peer = new Peer();
            peer.heardMillis = state.nowMillis;
            return peer;
        });
    }

    /// How long nothing was heard of a participant; counted from the first time that this replica was told.
    long silentMillis(ParticipantId participant) {
        Peer peer = peer(participant);
        return participant.equals(state.self) || peer.heardMillis == 0 ? 0 : state.nowMillis - peer.heardMillis;
    }

    /// The participants have changed: nothing that was told in the old epoch counts as told.
    void epochChanged() {
        peers.keySet().retainAll(state.participants);
        for (ParticipantId other : state.others()) {
            forgetTold(other);
        }
    }

    /// R15: what another one lacks is repeated from the start, beginning now.
    void forgetTold(ParticipantId other) {
        Peer peer = peer(other);
        peer.sentOwn = 0;
        peer.told = VersionVector.EMPTY;
        peer.owesAnswer = true;
        peer.awaited = null;
        peer.backoff = 1;
    }

    void reconnected(NodeId node) {
        ParticipantId participant = state.participantOf(node);
        if (participant != null && !participant.equals(state.self)) {
            forgetTold(participant);
        }
    }

    /// R10, R15: tells the others what they do not know yet. What was stored with the same effects goes out
    /// after it.
    void flush() {
        if (!state.participates()) {
            return;
        }
        for (ParticipantId other : state.others()) {
            Peer peer = peer(other);
            long known = Math.max(peer.sentOwn, state.row(other).get(state.self));
            List<LogEntry> entries = state.log.missing(state.self, known, MOST);
            boolean news = !entries.isEmpty() || !peer.told.equals(state.ownRow());
            if (news || peer.owesAnswer) {
                // An answer that brings nothing new asks nothing, or two replicas would talk without end.
                send(other, peer, entries, news && isBehind(other));
            }
        }
    }

    /// R15, R16: repeats what another one seems to lack, whoever originated it.
    void tick() {
        if (!state.participates()) {
            return;
        }
        for (ParticipantId other : state.others()) {
            Peer peer = peer(other);
            peer.heardMillis = peer.heardMillis == 0 ? state.nowMillis : peer.heardMillis;
            if (!isBehind(other)) {
                peer.awaited = null;
            } else if (peer.awaited == null || hasShown(other, peer.awaited)) {
                await(peer);
            } else if (isOverdue(peer)) {
                peer.backoff = Math.min(MOST_BACKOFF, peer.backoff * 2);
                send(other, peer, state.log.missing(state.row(other), MOST), true);
                await(peer);
            }
        }
    }

    private boolean hasShown(ParticipantId other, VersionVector awaited) {
        return state.heardInEpoch.contains(other) && coversAll(state.row(other), awaited);
    }

    /// From now on it is to show all that is held here.
    private void await(Peer peer) {
        peer.awaited = state.ownRow();
        peer.awaitedMillis = state.nowMillis;
    }

    /// Also if the wall clock was set back meanwhile.
    private boolean isOverdue(Peer peer) {
        long waited = state.nowMillis - peer.awaitedMillis;
        return waited < 0 || waited >= state.settings.resendMillis() * peer.backoff;
    }

    /// True if the row of a participant, as known here, does not cover what this replica holds.
    private boolean isBehind(ParticipantId other) {
        return !state.heardInEpoch.contains(other) || !coversAll(state.row(other), state.ownRow());
    }

    private boolean coversAll(VersionVector row, VersionVector held) {
        for (ParticipantId participant : state.participants) {
            if (row.get(participant) < held.get(participant)) {
                return false;
            }
        }
        return true;
    }

    /// True if every participant is known to hold what this replica holds.
    boolean isQuiet() {
        return state.others().stream().noneMatch(this::isBehind);
    }

    private void send(ParticipantId other, Peer peer, List<LogEntry> entries, boolean asks) {
        for (LogEntry entry : entries) {
            if (entry.origin().equals(state.self)) {
                peer.sentOwn = Math.max(peer.sentOwn, entry.sequence());
            }
        }
        peer.told = state.ownRow();
        peer.owesAnswer = false;
        var hash = hashes.latest();
        state.outbox.send(
                other.node(),
                new Message.Delta(
                        state.epoch,
                        state.self,
                        entries,
                        state.ownRow(),
                        state.clock,
                        asks,
                        hash.position(),
                        hash.hash()));
    }

    /// R11 to R17. The epoch is the same and the sender a participant; the caller has seen to that.
    void receive(Message.Delta delta) {
        Peer peer = peer(delta.from());
        peer.heardMillis = state.nowMillis;
        peer.backoff = 1;
        if (delta.asks()) {
            peer.owesAnswer = true;
        }
        if (state.frozen()) {
            return;
        }
        delta.entries().forEach(entry -> take(delta.from(), entry));
        if (!state.isClockAhead(delta.clock())) {
            state.passed(delta.clock());
        }
        takeRow(delta);
        hashes.receive(delta.from(), delta.hashPosition(), delta.hash());
    }

    /// R7, R11, R14: only the next event of a participant, and none from too far in the future.
    private void take(ParticipantId from, LogEntry entry) {
        boolean next = entry.sequence() == state.vector.get(entry.origin()) + 1;
        if (!next || !state.isParticipant(entry.origin()) || entry.origin().equals(state.self)) {
            return;
        }
        if (state.isClockAhead(entry.id().time())) {
            refuseFuture(from, entry);
        } else {
            state.take(entry);
        }
    }

    private void refuseFuture(ParticipantId from, LogEntry entry) {
        long ahead = HybridTime.millis(entry.id().time()) - state.nowMillis;
        state.outbox.send(entry.origin().node(), new Message.ClockAhead(ahead));
        state.outbox.alarm(
                Alarm.Kind.CLOCK_AHEAD_THERE,
                "an event of " + entry.origin() + " (by way of " + from + ") is " + ahead
                        + " ms ahead of this node's clock and waits; check time synchronisation on both");
    }

    /// R12.
    private void takeRow(Message.Delta delta) {
        VersionVector row = state.clamp(delta.row());
        state.rows.merge(delta.from(), row, VersionVector::merge);
        state.heardInEpoch.add(delta.from());
    }
}
