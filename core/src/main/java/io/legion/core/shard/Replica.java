package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionType;
import io.legion.core.primitive.HybridTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One replica of one shard: takes requests, messages and the time, and gives [Effects]. It follows the
/// numbered rules of `design/protocol.md`.
///
/// Owned by one thread at a time. Deterministic: the same inputs in the same order give the same effects. If a
/// method throws, or the shell cannot carry out an effect, it must not use the replica any more.
public final class Replica {
    /// What a replica needs.
    ///
    /// @param self the node's identity
    /// @param observer hears what folds
    public record Setup(
            NodeId self, ReplicaSettings settings, PartitionTypes types, ShardStorage storage, FoldObserver observer) {
        /// A setup in which nobody hears what folds.
        public Setup(NodeId self, ReplicaSettings settings, PartitionTypes types, ShardStorage storage) {
            this(self, settings, types, storage, FoldObserver.NONE);
        }
    }

    /// About how long a replica that [#holdsBack()] waits for [#release].
    public static final long HELD_MILLIS = 5;

    /// The ticket of a command, for which no caller waits.
    private static final long NO_TICKET = -1;

    private static final String STALE =
            "this node was away or out of touch, and catches up with the others; ask another participant";

    private static final String JUST_STARTED = "this node has just started, and many wait already; try again";

    private final Rules rules;
    private final Reception reception;

    private Replica(Setup setup) {
        rules = new Rules(setup);
        reception = new Reception(rules);
    }

    /// One of the first replicas of a new shard, in epoch 0: all of them are founded with equal lists.
    public static Replica found(Setup setup, List<NodeId> participants) {
        var replica = new Replica(setup);
        replica.rules.state.participants(
                participants.stream().map(node -> new ParticipantId(node, 0)).toList());
        replica.rules.state.lineage.entered(0, 0);
        replica.rules.state.versions.found(setup.types());
        replica.rules.state.indexVersions.begin();
        replica.rules.phases.become(ReplicaStatus.Phase.PARTICIPATING, "this node takes part in the shard now");
        replica.rules.deltas.epochChanged();
        replica.rules.inTouch.founded();
        return replica;
    }

    /// A replica that begins to copy the shard from one of `sources`, to be added when it has caught up (R44).
    public static Replica join(Setup setup, List<NodeId> sources) {
        return join(setup, sources, RetiredPlace.NONE);
    }

    /// As [#join(Setup, List)], on a node that took part before and has dropped that replica since.
    ///
    /// @param retired the place that it had
    public static Replica join(Setup setup, List<NodeId> sources, RetiredPlace retired) {
        var replica = new Replica(setup);
        replica.reception.copy(
                new CopyTarget(replica.rules.state, replica.rules.phases, replica.rules.reindexing, sources, retired));
        return replica;
    }

    /// A participant wishes for a copy made from one of `sources`. The replica ignores this if it takes part,
    /// or if the source that it copies from wished for the copy a moment ago (R44).
    public void copyFrom(List<NodeId> sources) {
        reception.whileCopying(target -> target.copyFrom(sources));
    }

    /// True if the store holds a replica, even one that was still copying.
    public static boolean isStored(ShardStorage storage) {
        return Recovery.isPresent(storage);
    }

    /// R76: the place of a replica that cannot be recovered, as the store has it.
    ///
    /// @throws RuntimeException if the store does not say
    public static ReplicaPlace storedPlace(Setup setup) {
        var replica = new Replica(setup);
        new Recovery(replica.rules.state, replica.rules.storing).recoverEpoch();
        return replica.place();
    }

    /// How far the history goes that the store has, with which its states agree; null if the store holds no
    /// participant of the shard.
    ///
    /// @throws RuntimeException if that cannot be read
    public static @Nullable StoredHistory storedHistory(Setup setup) {
        var replica = new Replica(setup);
        return new Recovery(replica.rules.state, replica.rules.storing).history();
    }

    /// The place that this replica has in the shard.
    public ReplicaPlace place() {
        return new ReplicaPlace(rules.state.self, rules.state.epoch, rules.state.phase());
    }

    /// The replica that the store holds.
    ///
    /// @param sources where to copy from, if it had not finished copying
    /// @param retired the place that the node had before, if it has dropped that replica
    public static Replica recover(Setup setup, List<NodeId> sources, RetiredPlace retired) {
        var replica = new Replica(setup);
        new Recovery(replica.rules.state, replica.rules.storing).recover();
        if (replica.rules.state.phase() == ReplicaStatus.Phase.COPYING) {
            return join(setup, sources, retired);
        }
        replica.rules.overruling.recovered();
        replica.rules.reindexing.begin();
        replica.rules.deltas.epochChanged();
        replica.rules.returning.begin();
        return replica;
    }

    /// Takes a request; the reply comes with some later effects, exactly once.
    ///
    /// @param ticket the shell's own number for the waiting caller
    public void request(long ticket, Request request, long nowMillis) {
        rules.state.at(nowMillis);
        if (!rules.state.isReturning()) {
            serve(ticket, request);
        } else if (rules.returning.isFull()) {
            rules.answering.refuse(ticket, request, Reply.Refusal.OVERLOADED, JUST_STARTED);
        } else {
            rules.returning.await(ticket, () -> serve(ticket, request));
        }
    }

    private void serve(long ticket, Request request) {
        if (rules.freshness.isFresh()) {
            rules.originating.request(ticket, request);
        } else {
            rules.freshness.whenFresh(
                    ticket,
                    () -> rules.originating.request(ticket, request),
                    () -> rules.answering.refuse(ticket, request, Reply.Refusal.NOT_NOW, STALE));
        }
    }

    /// Takes a read; the reply comes with some later effects.
    ///
    /// @param ticket the shell's own number for the waiting caller
    public void read(long ticket, Read read, long nowMillis) {
        rules.state.at(nowMillis);
        if (!rules.state.isReturning()) {
            serve(ticket, read);
        } else if (rules.returning.isFull()) {
            rules.reading.refuse(ticket, Reply.Refusal.OVERLOADED, JUST_STARTED);
        } else {
            rules.returning.await(ticket, () -> serve(ticket, read));
        }
    }

    /// A linearizable read has its place in history, and so sees all that was answered before.
    private void serve(long ticket, Read read) {
        if (read.linearizable() || rules.freshness.isFresh()) {
            rules.reading.read(ticket, read);
        } else {
            rules.freshness.whenFresh(
                    ticket,
                    () -> rules.reading.read(ticket, read),
                    () -> rules.reading.refuse(ticket, Reply.Refusal.NOT_NOW, STALE));
        }
    }

    /// The caller has stopped waiting under this ticket; its event, if accepted, stands all the same.
    public void forget(long ticket) {
        rules.answering.forget(ticket);
        rules.reading.forget(ticket);
        rules.returning.forget(ticket);
        rules.freshness.forget(ticket);
    }

    /// Takes a message from the replica on another node.
    public void receive(NodeId from, Message message, long nowMillis) {
        rules.state.at(nowMillis);
        if (rules.state.phase() == ReplicaStatus.Phase.DIVERGED) {
            reception.receiveSetApart(from, message);
        } else if (!rules.oldCopy.isDetected()) {
            reception.receive(from, message);
            rules.returning.doneIfAnswered();
        }
    }

    /// Another shard in this store found it an older copy of itself (R71): this replica gives up its place.
    public void oldCopyDetected(long nowMillis) {
        rules.state.at(nowMillis);
        reception.oldCopyDetected();
    }

    /// True if the last effects left out events that nobody waits for, to send them with later ones (R70).
    public boolean holdsBack() {
        return rules.state.holdsBack;
    }

    /// Makes the next effects send what was held back. The shell calls this after [#HELD_MILLIS].
    public void release(long nowMillis) {
        rules.state.at(nowMillis);
        rules.state.releases = true;
    }

    /// Time has passed. The shell calls this about every 50 ms while the replica is not idle.
    public void tick(long nowMillis) {
        release(nowMillis);
        rules.firstDifference.tick();
        if (reception.isCopying()) {
            reception.whileCopying(CopyTarget::tick);
            return;
        }
        rules.returning.tick();
        rules.deltas.tick();
        rules.clocks.tick();
        rules.complaints.tick();
        rules.freshness.tick();
        rules.inTouch.tick();
        rules.leavers.tick(rules.telling);
        if (!rules.state.isReturning()) {
            rules.proposer.tick();
            rules.forcing.tick();
            rules.missingSurvivors.tick();
        }
        rules.overruling.tick();
        rules.reindexing.tick();
        rules.copies.tick();
        rules.salvaging.tick();
        rules.epochs.tick();
    }

    /// The wall clock shows this much more than the times that this replica gets. These are to go on evenly, however
    /// the wall clock is set: all waiting goes by them, and event times by the wall clock (R5). 0 if never called.
    public void wallOffset(long millis) {
        rules.state.wallOffset(millis);
    }

    /// By an operator's command, takes events of clocks that are up to this far ahead, and is not silent because its
    /// own is (R75). The replica does not store that. 0 takes the command back.
    public void acceptClocksAhead(long millis) {
        rules.clocks.accept(millis);
    }

    /// The way to this node is open again: the two sides compare vectors first.
    public void reconnected(NodeId node, long nowMillis) {
        rules.state.at(nowMillis);
        rules.deltas.reconnected(node);
        rules.returning.reconnected(node);
        rules.returning.heard(node);
        rules.freshness.opened(node);
    }

    /// The way to this node is closed.
    public void disconnected(NodeId node, long nowMillis) {
        rules.state.at(nowMillis);
        rules.leavers.forget(node);
        rules.freshness.closed(node);
    }

    /// The shell gave this replica no input for a while, as when its process stood still: other participants may have
    /// answered without it.
    public void stoodStill(long nowMillis) {
        rules.state.at(nowMillis);
        if (rules.state.participates() && !rules.state.isReturning()) {
            rules.freshness.doubt();
        }
    }

    /// Proposes a change of the participants, unless one is under way here or this one is not prudent (R35).
    public void change(Change change, long nowMillis) {
        rules.state.at(nowMillis);
        reception.ifBack(() -> rules.proposer.propose(change));
    }

    /// Decides alone with the survivors when a majority is lost (R43). What only the lost nodes hold is not in
    /// the history that goes on: events answered DURABLE, and, if the lost nodes live and go on by themselves,
    /// FINAL. An alarm says how it ended; without another survivor the decision comes at once. If a majority is
    /// left, only the alarm comes.
    public void force(LossAccepted command, long nowMillis) {
        rules.state.at(nowMillis);
        if (rules.state.isReturning()) {
            rules.returning.await(NO_TICKET, () -> rules.forcing.force(command));
        } else {
            rules.forcing.force(command);
        }
    }

    /// A resubmitted request is DURABLE where it was submitted: it is no longer salvage.
    public void resubmitted(Request request) {
        rules.salvaging.resubmitted(request);
    }

    /// Makes the next effects store everything that has folded, so that a restart folds nothing again, and send
    /// what was held back.
    public void checkpoint() {
        rules.state.checkpoint.ask();
        rules.state.releases = true;
    }

    /// Makes the next effects store what has folded, for a caller that visits replica after replica so that not
    /// all write at once. What has folded just now waits for the next turn.
    public void checkpointInTurn() {
        rules.state.checkpoint.askInTurn(rules.state.elapsedMillis);
    }

    /// R76: the store takes no writes, and the replica gets reads only from now on, until another one is
    /// recovered in its place: it makes no checkpoint by itself.
    public void holdCheckpoints() {
        rules.state.checkpoint.hold();
    }

    /// By which tags the projected states now differ from the stored ones (R66).
    public UnstoredTags unstoredTags() {
        return rules.state.projections.unstoredTags();
    }

    /// Whether searches of a type find what they should: false while its tags are computed anew, since another version
    /// of its index function has become active (R89).
    public boolean isIndexComplete(PartitionType<?> type) {
        return rules.state.indexVersions.isComplete(type);
    }

    /// All that the shell has to do for the inputs since the last call.
    public Effects drain() {
        rules.reading.place();
        rules.folding.fold();
        rules.freshness.check();
        rules.answering.checkDurable();
        rules.hashes.check();
        rules.epochs.forgetDecisions();
        rules.deltas.flush();
        boolean forced = rules.state.journal.forced;
        rules.state.journal.forced = false;
        List<Write> writes = rules.storing.drain(rules.state.outbox.nextNumber());
        return rules.state.outbox.drain(writes, forced);
    }

    /// The writes of the effects up to this number are in the store.
    public void stored(long number) {
        rules.state.infimum.stored(number);
    }

    /// True if nothing is outstanding and nothing is under way: no tick is needed until the next input.
    public boolean idle() {
        return switch (rules.state.phase()) {
            case PARTICIPATING ->
                !rules.state.isReturning()
                        && rules.freshness.isFresh()
                        && rules.inTouch.isIdle()
                        && rules.leavers.isIdle()
                        && rules.state.log.isEmpty()
                        && !rules.state.frozen()
                        && rules.proposer.isIdle()
                        && rules.forcing.isIdle()
                        && rules.copies.isIdle()
                        && rules.reindexing.types().isEmpty()
                        && rules.state.salvage.isEmpty()
                        && !rules.state.checkpoint.isPending()
                        && rules.complaints.isEmpty()
                        && rules.deltas.isQuiet();
            case COPYING, REMOVED -> false;
            case OVERRULED -> rules.overruling.isIdle();
            case OLD_COPY -> rules.state.salvage.isEmpty();
            case DIVERGED -> rules.firstDifference.isIdle();
            case GONE -> true;
        };
    }

    /// The replica's present status.
    public ReplicaStatus status() {
        return new ReplicaStatus(
                rules.state.phase(),
                rules.state.self,
                rules.state.epoch,
                rules.state.participants,
                rules.state.frozen(),
                rules.state.isReturning(),
                rules.freshness.isFresh(),
                rules.state.log.size(),
                rules.state.history.position(),
                rules.state.history.position() - rules.state.checkpoint.folds(),
                rules.state.history.hash(),
                rules.state.participants.stream()
                        .map(rules.deltas::silentMillis)
                        .toList(),
                rules.state.participants.stream().filter(this::hasEntered).toList(),
                rules.inTouch.members(),
                rules.copies.ready(),
                rules.salvaging.listed(),
                remembered(),
                rules.state.listing.status(),
                rules.clocks.historyAheadMillis(),
                rules.state.activeVersions(),
                rules.state.versions.boundaries(),
                rules.reindexing.types(),
                rules.originating.silence());
    }

    /// If it is set apart: after which event it differs, as sentences; empty while it does not know that (R91).
    public String firstDifference() {
        return rules.firstDifference.found();
    }

    /// What this replica waits for, and how far it is.
    public ReplicaProgress progress() {
        return new ReplicaProgress(fold(), reception.copiedBytes());
    }

    /// How far the wall clock is ahead of those of the other participants; null if none of them was heard
    /// within the last minutes.
    public @Nullable ClockLead clockLead() {
        return rules.clocks.lead();
    }

    private ReplicaProgress.@Nullable Fold fold() {
        LogEntry first = rules.state.log.first();
        if (first == null || !rules.state.participates()) {
            return null;
        }
        long since = Math.max(0, rules.state.nowMillis - first.id().millis());
        return new ReplicaProgress.Fold(rules.folding.awaited(), since);
    }

    /// A partition as FAST reads see it here; null if this replica takes no part.
    ///
    /// @param most how many of its outstanding events to list
    public @Nullable PartitionLook look(PartitionAddress address, int most) {
        return rules.state.participates() ? PartitionLook.at(rules.state, address, most) : null;
    }

    /// How full the memory of requests is.
    public ReplicaStatus.Remembered remembered() {
        RequestMemory memory = rules.state.memory;
        var last = rules.state.history.lastFolded();
        return new ReplicaStatus.Remembered(
                memory.bytes(),
                rules.state.settings.rememberedBytes(),
                memory.early().reachMillis(last == null ? 0 : last.millis()),
                memory.early().count());
    }

    /// How long ago, by event times, the oldest outstanding event began; 0 if none is outstanding.
    public long oldestOutstandingMillis() {
        LogEntry oldest = rules.state.log.first();
        return oldest == null
                ? 0
                : Math.max(
                        0, rules.state.nowMillis - HybridTime.millis(oldest.id().time()));
    }

    private boolean hasEntered(ParticipantId participant) {
        return participant.equals(rules.state.self) || rules.state.heardInEpoch.contains(participant);
    }
}
