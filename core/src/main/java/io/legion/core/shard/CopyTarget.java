package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionType;
import io.legion.core.codec.WireInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies the shard before the node takes part: rules R44, R45, R46, R47 and R69.
final class CopyTarget {
    /// After this many unanswered questions the joiner asks the next source. After as many resend intervals in
    /// which only other participants wished for the copy, it copies from one of these.
    private static final int PATIENCE = 10;

    private static final int MOST_SOURCES = 32;

    /// The joiner repeats a question after at most this many resend intervals.
    private static final int MOST_INTERVALS = 8;

    private final ReplicaState state;
    private final Phases phases;
    private final RetiredPlace retired;
    private final Reindexing reindexing;
    private List<NodeId> sources;
    private int source;
    private long attempt;
    private long session;
    private long piece;

    /// The sum of the sizes of the states copied since the last start.
    private long copiedBytes;

    private int unanswered;
    private long askedMillis = Long.MIN_VALUE / 2;

    /// When the joiner first asked for the next piece, and how long the one before was on its way.
    private long firstAskedMillis;

    private long roundMillis;

    /// When the present source last wished for the copy.
    private long wishedMillis;

    CopyTarget(ReplicaState state, Phases phases, Reindexing reindexing, List<NodeId> sources, RetiredPlace retired) {
        this.reindexing = reindexing;
        this.retired = retired;
        this.state = state;
        this.phases = phases;
        this.sources = List.copyOf(sources);
    }

    /// R69: whether this node has dropped this participant, or a later one: such a one never starts again.
    private boolean isRetired(ParticipantId participant) {
        return participant.epoch() <= retired.added();
    }

    /// R71: a peer has heard this node as a participant that the store does not have. A peer may speak late of a
    /// dropped participant; but what it heard in an epoch that the dropped one never knew of came from a later
    /// store.
    boolean showsOldCopy(Message.KnownOfYou known) {
        return known.of().node().equals(state.node) && (!isRetired(known.of()) || known.epoch() > retired.known());
    }

    List<NodeId> sources() {
        return sources;
    }

    long copiedBytes() {
        return copiedBytes;
    }

    void tick() {
        if (sources.isEmpty()) {
            return;
        }
        if (state.elapsedMillis - askedMillis < interval()) {
            return;
        }
        // The copied pieces fit only their source: the joiner keeps them as long as that source may answer.
        if (unanswered >= PATIENCE && sources.size() > 1 && !isWished()) {
            source = (source + 1) % sources.size();
            startOver();
        }
        ask();
    }

    /// Spares a busy source repeated questions: it will answer the first anyway.
    private long interval() {
        long resend = state.settings.resendMillis();
        return Math.clamp(2 * roundMillis, resend, MOST_INTERVALS * resend);
    }

    /// Asks at once, since this node may have been added: nothing folds until it has started (R46).
    void mayStart() {
        if (attempt > 0 && unanswered == 0) {
            ask();
        }
    }

    /// Adds a participant of the shard to the known sources.
    void heardOf(NodeId participant) {
        if (!sources.contains(participant) && sources.size() < MOST_SOURCES) {
            var more = new ArrayList<>(sources);
            more.add(participant);
            sources = List.copyOf(more);
        }
    }

    /// R44: only the source of a copy sees that it is ready, so the joiner copies from the participant that
    /// wishes for it. If two that do not see each other wish for it, the joiner stays with its present source.
    void copyFrom(List<NodeId> wishing) {
        if (wishing.isEmpty()) {
            return;
        }
        if (!sources.isEmpty() && wishing.contains(sources.get(source))) {
            wishedMillis = state.elapsedMillis;
        } else if (sources.isEmpty() || !isWished()) {
            copyElsewhere(wishing);
        }
    }

    private boolean isWished() {
        return state.elapsedMillis - wishedMillis < PATIENCE * state.settings.resendMillis();
    }

    private void copyElsewhere(List<NodeId> wishing) {
        List<NodeId> before = sources;
        sources = List.copyOf(wishing);
        before.forEach(this::heardOf);
        source = 0;
        wishedMillis = state.elapsedMillis;
        if (attempt > 0) {
            startOver();
        }
    }

    private void ask() {
        if (attempt == 0) {
            startOver();
        }
        if (unanswered == 0) {
            firstAskedMillis = state.elapsedMillis;
        }
        unanswered++;
        askedMillis = state.elapsedMillis;
        state.outbox.send(sources.get(source), new Message.AskPiece(attempt, session, piece));
    }

    private boolean isSource(NodeId node) {
        return !sources.isEmpty() && node.equals(sources.get(source));
    }

    /// Drops everything copied so far. The clock tells attempts apart, also across a restart of this node.
    private void startOver() {
        attempt = Math.max(attempt + 1, state.nowMillis);
        session = 0;
        piece = 0;
        copiedBytes = 0;
        unanswered = 0;
        state.infimum.wipe();
        state.versions.clear();
        state.indexVersions.begin();
        state.journal.wiped = true;
        state.journal.storeEpoch();
    }

    void receive(NodeId from, Message.StartOver message) {
        if (message.attempt() == attempt && isSource(from)) {
            if (!message.sources().isEmpty()) {
                sources = message.sources();
                source = 0;
            }
            startOver();
            ask();
        }
    }

    void receive(NodeId from, Message.Piece message) {
        if (!isExpected(from, message.attempt(), message.session()) || message.piece() != piece) {
            return;
        }
        session = message.session();
        knowVersions(message.versions());
        message.states().forEach(this::copy);
        piece++;
        unanswered = 0;
        roundMillis = state.elapsedMillis - firstAskedMillis;
        if (message.caughtUp() && message.states().isEmpty() && message.piece() > 0) {
            // Nothing new: ask again after a while, not at once. The source waits for the second question.
            askedMillis = state.elapsedMillis;
        } else {
            ask();
        }
    }

    /// R85: from the first piece on, the joiner writes states and tags as the versions demand that are active at
    /// its source.
    private void knowVersions(Bytes versions) {
        boolean first = state.versions.isEmpty();
        state.versions.read(new WireInput(versions.shared()));
        state.requireVersions();
        if (first) {
            state.indexVersions.begin();
        }
        reindexing.begin();
    }

    private boolean isExpected(NodeId from, long ofAttempt, long ofSession) {
        boolean same = session == ofSession || (session == 0 && piece == 0);
        return same && ofAttempt == attempt && isSource(from);
    }

    private void copy(Message.CopiedState copied) {
        copy(copied.address(), state.types.require(copied.address().type()), copied.bytes());
    }

    private <S> void copy(PartitionAddress address, PartitionType<S> type, @Nullable Bytes bytes) {
        S after = bytes == null ? type.initial() : type.stateCodec().decode(bytes.shared());
        int size = bytes == null ? 0 : bytes.size();
        copiedBytes += size;
        state.infimum.put(null, address, type, after, size);
    }

    /// R45, R47: the copy is complete and this node is a participant.
    ///
    /// @return true if it takes part from now on
    boolean receive(NodeId from, Message.Start start) {
        if (!isExpected(from, start.attempt(), start.session())) {
            return false;
        }
        ParticipantId self = Participants.find(start.participants(), state.node);
        // R69: a participant that this node has dropped has forgotten its promises.
        if (self == null || isRetired(self)) {
            return false;
        }
        install(self, start);
        return true;
    }

    private void install(ParticipantId self, Message.Start start) {
        state.self = self;
        state.epoch = start.epoch();
        state.participants(start.participants());
        start.cuts().forEach(cut -> state.cuts.put(cut.removed(), cut.sequence()));
        state.history.read(new WireInput(start.history().shared()));
        state.lineage.read(new WireInput(start.lineage().shared()));
        knowVersions(start.versions());
        state.memory.horizon(start.horizon());
        start.runs().forEach(state.memory::installed);
        start.singles().forEach(state.memory::installed);
        start.outputs().forEach(state.memory::installed);
        state.vector = state.history.folded();
        state.passed(start.clock());
        state.passed(state.versions.latest());
        start.outstanding().stream()
                .sorted(Comparator.comparing(LogEntry::origin).thenComparingLong(LogEntry::sequence))
                .forEach(state::take);
        phases.become(ReplicaStatus.Phase.PARTICIPATING, "this node takes part in the shard now");
    }
}
