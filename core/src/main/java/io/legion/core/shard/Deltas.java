package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;

/// Tells the other participants of events and rows: rules R10, R15, R16, R68 and R70.
final class Deltas {
    /// The most events in one delta.
    private static final int MOST = 512;

    /// A row that nobody waits for goes out after the resend interval divided by this.
    private static final int ROW_DELAYS = 4;

    private final ReplicaState state;
    private final Hashes hashes;
    private final Complaints complaints;
    private final ParticipantMap<Peer> peers = new ParticipantMap<>();

    Deltas(ReplicaState state, Hashes hashes, Complaints complaints) {
        this.state = state;
        this.hashes = hashes;
        this.complaints = complaints;
    }

    private Peer peer(ParticipantId participant) {
        return peers.computeIfAbsent(participant, () -> new Peer(state.elapsedMillis));
    }

    /// For how long this replica has heard nothing of a participant.
    long silentMillis(ParticipantId participant) {
        return participant.equals(state.self) ? 0 : peer(participant).silentMillis(state.elapsedMillis);
    }

    /// The participants have changed: what this replica told in the old epoch counts no longer.
    void epochChanged() {
        peers.retainAll(state.participants);
        hashes.epochChanged();
        for (ParticipantId other : state.others()) {
            forgetTold(other);
        }
    }

    /// R15: repeats from the start what a participant lacks, beginning now.
    void forgetTold(ParticipantId other) {
        peer(other).forgetTold();
    }

    void reconnected(NodeId node) {
        ParticipantId participant = state.participantOf(node);
        if (participant != null && !participant.equals(state.self)) {
            forgetTold(participant);
        }
    }

    /// R10, R15, R70: tells the other participants what they do not know yet: at once if a caller waits, else
    /// together with what comes in a moment. It goes out after the writes of the same effects are stored.
    void flush() {
        state.holdsBack = false;
        if (!state.participates()) {
            return;
        }
        boolean hurries = state.hurries;
        boolean releases = state.releases || hurries;
        state.hurries = false;
        state.releases = false;
        for (ParticipantId other : state.others()) {
            Peer peer = peer(other);
            boolean asks = hurries && isBehind(other);
            boolean speaks = asks || peer.owesAnswer || isRowDue(peer);
            if (speaks || hasUnsent(other, peer)) {
                if (speaks || releases || isEventDue(peer)) {
                    // An answer itself does not ask, or two replicas would talk without end.
                    send(other, peer, unsent(other, peer), asks, false);
                } else {
                    state.holdsBack = true;
                }
            }
        }
    }

    private boolean hasUnsent(ParticipantId other, Peer peer) {
        return state.log.hasBeyond(state.self, knownOwn(other, peer));
    }

    private long knownOwn(ParticipantId other, Peer peer) {
        return Math.max(peer.sentOwn, state.row(other).get(state.self));
    }

    private List<LogEntry> unsent(ParticipantId other, Peer peer) {
        long known = knownOwn(other, peer);
        if (known >= state.vector.get(state.self)) {
            return List.of();
        }
        List<LogEntry> entries = state.log.missing(state.self, known, MOST);
        if (!entries.isEmpty() && entries.getLast().sequence() < state.vector.get(state.self)) {
            state.outbox.more = true;
            state.releases = true;
        }
        return entries;
    }

    /// R70: if this replica has sent the peer no event for a while, it sends one at once, so that nothing holds
    /// a lone event back; events that follow each other go together.
    private boolean isEventDue(Peer peer) {
        return state.elapsedMillis - peer.toldEventsMillis >= Replica.HELD_MILLIS;
    }

    /// R70: a grown row goes at once to a peer that waits for it, else later, with what comes until then.
    private boolean isRowDue(Peer peer) {
        long delay = state.settings.resendMillis() / ROW_DELAYS;
        if (!isRowNews(peer)) {
            return false;
        }
        if (peer.newsMillis < 0) {
            peer.newsMillis = state.elapsedMillis;
        }
        boolean waitedFor = state.elapsedMillis - peer.askedMillis <= delay;
        return waitedFor || state.elapsedMillis - peer.newsMillis >= delay;
    }

    private boolean isRowNews(Peer peer) {
        return !peer.told.equals(state.ownRow());
    }

    /// R15, R16: repeats what a participant seems to lack, whichever origin it comes from.
    void tick() {
        if (!state.participates()) {
            return;
        }
        heedComplaints();
        for (ParticipantId other : state.others()) {
            Peer peer = peer(other);
            if (!isBehind(other)) {
                peer.awaited = null;
            } else if (peer.awaited == null || hasShown(other, peer.awaited)) {
                await(peer);
            } else if (peer.isOverdue(state.settings.resendMillis(), state.elapsedMillis)) {
                peer.backOff();
                send(other, peer, state.log.missing(state.row(other), MOST), true, false);
                await(peer);
                askOthersAbout(other, peer.backoff());
            }
        }
    }

    /// R8: asks those that keep this participant silent because of its clock. R7: those that are content with the
    /// clock now get what they did not take before.
    private void heedComplaints() {
        complaints.settled().forEach(this::forgetTold);
        complaints.toAsk().forEach(teller -> send(teller, peer(teller), List.of(), true, false));
    }

    /// R68: asks the participants that may hear a silent one for its row.
    private void askOthersAbout(ParticipantId silent, int backoff) {
        long interval = state.settings.resendMillis() * backoff;
        for (ParticipantId other : state.others()) {
            Peer peer = peer(other);
            if (!other.equals(silent) && state.elapsedMillis - peer.rowsAskedMillis >= interval) {
                peer.rowsAskedMillis = state.elapsedMillis;
                send(other, peer, List.of(), true, true);
            }
        }
    }

    private boolean hasShown(ParticipantId other, VersionVector awaited) {
        return state.heardInEpoch.contains(other) && coversAll(state.row(other), awaited);
    }

    /// From now on the peer's row is to cover all that this replica holds.
    private void await(Peer peer) {
        peer.await(state.ownRow(), state.elapsedMillis);
    }

    /// True if a participant's row, as known here, does not cover what this replica holds.
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

    /// True if every participant's row covers what this replica holds, and knows the present row from a delta.
    boolean isQuiet() {
        for (ParticipantId other : state.others()) {
            if (isBehind(other) || isRowNews(peer(other))) {
                return false;
            }
        }
        return true;
    }

    private void send(ParticipantId other, Peer peer, List<LogEntry> entries, boolean asks, boolean asksRows) {
        for (LogEntry entry : entries) {
            if (entry.origin().equals(state.self)) {
                peer.sentOwn = Math.max(peer.sentOwn, entry.sequence());
                peer.toldEventsMillis = state.elapsedMillis;
            }
        }
        peer.told = state.ownRow();
        peer.newsMillis = -1;
        List<Message.Row> rows = peer.owesRows ? rowsOfOthers(other) : List.of();
        peer.owesAnswer = false;
        peer.owesRows = false;
        var hash = hashes.latest();
        state.outbox.send(
                other.node(),
                new Message.Delta(
                        state.epoch,
                        state.self,
                        entries,
                        state.ownRow(),
                        state.clock,
                        state.nowMillis,
                        asks,
                        asksRows,
                        rows,
                        hash.position(),
                        hash.hash()));
    }

    /// R78: a participant that lacks events before it may serve gets them at once, whichever origin they come from.
    void sendMissing(ParticipantId other, VersionVector row) {
        List<LogEntry> missing = state.log.missing(row, MOST);
        if (!missing.isEmpty()) {
            send(other, peer(other), missing, false, false);
        }
    }

    /// R68: the rows of other participants that came in the present epoch.
    private List<Message.Row> rowsOfOthers(ParticipantId asker) {
        var rows = new ArrayList<Message.Row>();
        for (ParticipantId other : state.others()) {
            if (!other.equals(asker) && state.heardInEpoch.contains(other)) {
                rows.add(new Message.Row(other, state.row(other)));
            }
        }
        return rows;
    }

    /// The sender of this delta may wait for an answer.
    void heard(Message.Delta delta) {
        peer(delta.from()).heard(delta, state.elapsedMillis);
    }

    /// R15: the participant ignored what this replica sent or asked before it entered the epoch (R13).
    void entered(ParticipantId other) {
        peer(other).sentOwn = 0;
        state.hurries = true;
    }
}
