package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;

/// What is told to the other participants, of events and rows: rules R10, R15, R16, R68 and R70.
final class Deltas {
    /// The most events in one delta.
    private static final int MOST = 512;

    /// A row that nobody waits for is told after this part of the time to resend.
    private static final int ROW_DELAYS = 4;

    private final ReplicaState state;
    private final Hashes hashes;
    private final ParticipantMap<Peer> peers = new ParticipantMap<>();

    Deltas(ReplicaState state, Hashes hashes) {
        this.state = state;
        this.hashes = hashes;
    }

    private Peer peer(ParticipantId participant) {
        return peers.computeIfAbsent(participant, () -> new Peer(state.elapsedMillis));
    }

    /// How long nothing was heard of a participant.
    long silentMillis(ParticipantId participant) {
        return participant.equals(state.self) ? 0 : peer(participant).silentMillis(state.elapsedMillis);
    }

    /// The participants have changed: nothing that was told in the old epoch counts as told.
    void epochChanged() {
        peers.retainAll(state.participants);
        hashes.epochChanged();
        for (ParticipantId other : state.others()) {
            forgetTold(other);
        }
    }

    /// R15: what another one lacks is repeated from the start, beginning now.
    void forgetTold(ParticipantId other) {
        peer(other).forgetTold();
    }

    void reconnected(NodeId node) {
        ParticipantId participant = state.participantOf(node);
        if (participant != null && !participant.equals(state.self)) {
            forgetTold(participant);
        }
    }

    /// R10, R15, R70: tells the others what they do not know yet: at once where somebody waits, else with what comes in
    /// a moment. What was stored with the same effects goes out after it.
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
                    // An answer asks nothing by itself, or two replicas would talk without end.
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

    /// R70: a replica that has sent another one no event for a while sends it one at once, so that nothing holds a lone
    /// event back; those that follow each other go together.
    private boolean isEventDue(Peer peer) {
        return state.elapsedMillis - peer.toldEventsMillis >= Replica.HELD_MILLIS;
    }

    /// R70: a row that is news is told at once to one that waits for it, else after a while, with what comes meanwhile.
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

    /// R15, R16: repeats what another one seems to lack, whoever originated it.
    void tick() {
        if (!state.participates()) {
            return;
        }
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

    /// R68: the row of one that does not answer may be known to those who hear it.
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

    /// From now on it is to show all that is held here.
    private void await(Peer peer) {
        peer.await(state.ownRow(), state.elapsedMillis);
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

    /// True if every participant is known to hold what this replica holds, and has been told of that.
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
                        asks,
                        asksRows,
                        rows,
                        hash.position(),
                        hash.hash()));
    }

    /// R68: what is known here of others, and came in the present epoch.
    private List<Message.Row> rowsOfOthers(ParticipantId asker) {
        var rows = new ArrayList<Message.Row>();
        for (ParticipantId other : state.others()) {
            if (!other.equals(asker) && state.heardInEpoch.contains(other)) {
                rows.add(new Message.Row(other, state.row(other)));
            }
        }
        return rows;
    }

    /// It sent this, and may wait for an answer.
    void heard(Message.Delta delta) {
        peer(delta.from()).heard(delta, state.elapsedMillis);
    }

    /// R15: what it was sent before it entered the epoch was nothing to it (R13), nor was it asked then.
    void entered(ParticipantId other) {
        peer(other).sentOwn = 0;
        state.hurries = true;
    }
}
