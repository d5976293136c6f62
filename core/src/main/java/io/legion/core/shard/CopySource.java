package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gives joining nodes a copy of the shard while the replica goes on to serve: rules R44 and R45.
///
/// The states go out in the order of their addresses. If a fold changes a state that is already out, the source
/// sends that state again afterwards, so in the end the copy is the infimum.
final class CopySource {
    /// The source forgets the session of a joiner that has not asked for this many resend intervals.
    private static final int PATIENCE = 100;

    /// A joiner that has not asked for this many resend intervals does not count as ready.
    private static final int ALIVE = 10;

    /// A copy with at most this many states to send again is almost at its end.
    private static final int ALMOST = 64;

    private static final class Session {
        final long attempt;
        final long number;
        long piece = -1;

        @Nullable
        Message sent;

        @Nullable
        PartitionAddress cursor;

        boolean walked;
        boolean caughtUp;
        boolean added;

        /// True once the joiner has asked by the number: it has copied since the session began, however old its
        /// first question was.
        boolean confirmed;

        long askedMillis;
        long sentMillis;
        final TreeSet<PartitionAddress> changed = new TreeSet<>();

        Session(long attempt, long number) {
            this.attempt = attempt;
            this.number = number;
        }
    }

    private final ReplicaState state;
    private final TreeMap<NodeId, Session> sessions = new TreeMap<>();

    CopySource(ReplicaState state) {
        this.state = state;
    }

    /// The nodes whose copies are almost at their ends.
    List<NodeId> ready() {
        var ready = new ArrayList<NodeId>();
        sessions.forEach((node, session) -> {
            boolean copies = session.confirmed && !(session.sent instanceof Message.Start);
            if (session.caughtUp && copies && isAsking(session) && state.participantOf(node) == null) {
                ready.add(node);
            }
        });
        return ready;
    }

    private boolean isAsking(Session session) {
        return state.elapsedMillis - session.askedMillis <= ALIVE * state.settings.resendMillis();
    }

    /// An event has changed a state: joiners with an older one get it again.
    void changedBy(LogEntry entry) {
        if (!sessions.isEmpty()) {
            changed(entry.address());
        }
    }

    private void changed(PartitionAddress address) {
        for (Session session : sessions.values()) {
            if (session.walked || (session.cursor != null && address.compareTo(session.cursor) <= 0)) {
                session.changed.add(address);
            }
        }
    }

    /// Forgets the copy of a joiner that was added and is out again.
    void epochChanged() {
        sessions.entrySet().removeIf(session -> {
            boolean participates = state.participantOf(session.getKey()) != null;
            boolean out = session.getValue().added && !participates;
            session.getValue().added = participates;
            return out;
        });
    }

    boolean isIdle() {
        return sessions.isEmpty();
    }

    void tick() {
        long oldest = state.elapsedMillis - PATIENCE * state.settings.resendMillis();
        sessions.values().removeIf(session -> session.askedMillis < oldest);
    }

    void receive(NodeId joiner, Message.AskPiece ask) {
        if (!state.participates()) {
            sendElsewhere(joiner, ask);
            return;
        }
        if (ask.piece() == 0 && !isSame(joiner, ask.attempt())) {
            sessions.put(joiner, new Session(ask.attempt(), state.nextTime()));
        }
        Session session = sessions.get(joiner);
        if (session == null || session.attempt != ask.attempt() || !isOf(session, ask)) {
            state.outbox.send(joiner, new Message.StartOver(ask.attempt(), List.of()));
            return;
        }
        session.askedMillis = state.elapsedMillis;
        session.confirmed |= ask.session() == session.number;
        session.added |= state.participantOf(joiner) != null;
        if (ask.piece() == session.piece + 1) {
            session.piece = ask.piece();
            session.sent = next(joiner, session);
            send(joiner, session, session.sent);
        } else if (ask.piece() == session.piece && session.sent != null && !isOnItsWay(session)) {
            send(joiner, session, session.sent);
        }
    }

    private void send(NodeId joiner, Session session, Message piece) {
        session.sentMillis = state.elapsedMillis;
        state.outbox.send(joiner, piece);
    }

    /// Repeated questions that gathered while this node was late get one answer.
    private boolean isOnItsWay(Session session) {
        return state.elapsedMillis - session.sentMillis < state.settings.resendMillis() / 2;
    }

    /// Names the participants to the joiner: only a participant can bring a copy to its end.
    private void sendElsewhere(NodeId joiner, Message.AskPiece ask) {
        var sources = new ArrayList<NodeId>();
        Message.Overruled by = state.listing.by;
        (by == null ? state.participants : by.participants()).forEach(participant -> sources.add(participant.node()));
        sources.remove(joiner);
        if ((by != null || state.phase() == ReplicaStatus.Phase.REMOVED) && !sources.isEmpty()) {
            state.outbox.send(joiner, new Message.StartOver(ask.attempt(), sources));
        }
    }

    /// False if the source restarted, or gave the session up: the joiner has pieces of another copy.
    private static boolean isOf(Session session, Message.AskPiece ask) {
        return ask.session() == session.number || (ask.session() == 0 && ask.piece() == 0);
    }

    private boolean isSame(NodeId joiner, long attempt) {
        Session session = sessions.get(joiner);
        return session != null && session.attempt == attempt;
    }

    /// The next piece, or the start once the joiner is a participant and its copy is complete.
    private Message next(NodeId joiner, Session session) {
        ParticipantId participant = state.participantOf(joiner);
        if (session.walked && session.changed.isEmpty() && participant != null) {
            // R71: a started participant has stored its start; if it copies again, its store is older.
            return state.hasStarted(participant)
                    ? new Message.KnownOfYou(state.epoch, state.self, participant, VersionVector.EMPTY, null)
                    : start(session);
        }
        List<Message.CopiedState> states = session.walked ? resend(session) : walk(session);
        session.caughtUp = session.walked && session.changed.size() <= ALMOST;
        return new Message.Piece(session.attempt, session.number, session.piece, states, versions(), session.caughtUp);
    }

    private List<Message.CopiedState> walk(Session session) {
        Infimum.Piece piece = state.infimum.piece(session.cursor, state.settings.pieceBytes());
        session.cursor = piece.last();
        session.walked = piece.last() == null;
        return piece.states();
    }

    private List<Message.CopiedState> resend(Session session) {
        var states = new ArrayList<Message.CopiedState>();
        int size = 0;
        while (!session.changed.isEmpty() && size < state.settings.pieceBytes()) {
            PartitionAddress address = session.changed.removeFirst();
            Message.CopiedState copied = state.infimum.copied(address);
            size += address.key().bytes().size()
                    + (copied.bytes() == null ? 0 : copied.bytes().size());
            states.add(copied);
        }
        return states;
    }

    private Bytes versions() {
        return Records.encode(out -> state.versions.writeSince(out, state.foldedTime()));
    }

    /// R45: everything beside the states, at one instant. Nothing folds before the joiner's row comes (R46).
    private Message start(Session session) {
        var cuts = new ArrayList<Decision.Cut>();
        state.cuts.forEach((removed, cut) -> cuts.add(new Decision.Cut(removed, cut)));
        return new Message.Start(
                session.attempt,
                session.number,
                state.epoch,
                state.participants,
                cuts,
                state.clock,
                state.log.all(),
                Records.encode(state.history::write),
                Records.encode(state.lineage::write),
                versions(),
                state.memory.horizon(),
                state.memory.runs(),
                state.memory.singles(),
                state.memory.outputs());
    }
}
