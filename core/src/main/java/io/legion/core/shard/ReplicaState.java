package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.HybridTime;
import io.legion.core.primitive.Invariant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a replica keeps (section "Words" of the protocol); the rules work on it.
final class ReplicaState {
    /// How many cuts of removed participants a replica remembers.
    static final int REMEMBERED_CUTS = 1_000;

    final ReplicaSettings settings;
    final PartitionTypes types;
    final ShardStorage storage;
    final FoldObserver observer;
    final NodeId node;

    /// Only [Phases] changes it, and recovery.
    private ReplicaStatus.Phase phase = ReplicaStatus.Phase.COPYING;

    ParticipantId self;
    long epoch;
    List<ParticipantId> participants = List.of();

    /// The participants other than this replica's own.
    private List<ParticipantId> others = List.of();

    /// The remembered cuts of removed participants.
    final TreeMap<ParticipantId, Long> cuts = new TreeMap<>();

    /// The decisions that someone may still need, by the epoch that they end (R40).
    final TreeMap<Long, Decision> decisions = new TreeMap<>();

    VersionVector vector = VersionVector.EMPTY;
    final ParticipantMap<VersionVector> rows = new ParticipantMap<>();

    /// The participants whose row came in the present epoch.
    final TreeSet<ParticipantId> heardInEpoch = new TreeSet<>();

    long clock;

    /// The wall clock, for the times of events; it may jump.
    long nowMillis;

    /// How much more the wall clock shows than the times that the shell gives.
    long wallOffsetMillis;

    /// The latest time that the shell gave; 0 before the first.
    private long givenMillis;

    /// How long this replica has been running, for everything that waits; it never goes back.
    long elapsedMillis;

    final EntryLog log = new EntryLog();
    final RequestMemory memory;
    final Infimum infimum;
    final Projections projections;
    final History history;

    /// The acceptor's part of the epoch.
    @Nullable
    Ballot promised;

    Message.@Nullable Vote accepted;

    @Nullable
    VersionVector rowAtPromise;

    /// True if a row, another participant's event or the participants have changed since the last look: only
    /// then may more fold than before (R18, R19, R20, R21).
    boolean mayFold;

    /// True if a caller has begun to wait for the rows of others since the last effects (R70).
    boolean hurries;

    /// True if the next effects send the events that this replica holds back (R70).
    boolean releases;

    /// True while this replica holds events of its own back (R70).
    boolean holdsBack;

    boolean sealed;
    long sealedSinceMillis;
    long frozenSinceMillis;

    /// The highest ballot number used or heard of in the epoch (R29).
    long ballotNumber;

    /// Events accepted here or elsewhere that did not get into history (R49), in the order of their ids.
    final TreeMap<EventId, LogEntry> salvage = new TreeMap<>();

    /// The ballot that each participant promised this replica in the epoch, while it counts on that (R71).
    final TreeMap<ParticipantId, Ballot> promises = new TreeMap<>();

    /// The latest epoch in which this replica heard all others, so that none is in an earlier one (R40, R71).
    long allHeardEpoch;

    /// The vector as recovered, until the other participants confirm that nothing is missing, or the set time
    /// has passed (R72); else null.
    @Nullable
    VersionVector rowAtReturn;

    /// This replica originated its events beyond this number before all had said what they know of it (R72).
    long unheardFrom = Long.MAX_VALUE;

    /// The versions under which events are applied (R80).
    final VersionTable versions = new VersionTable();

    /// The versions of the tags in the store (R89).
    final IndexVersions indexVersions;

    /// The epochs that led to the history (R43).
    final Lineage lineage = new Lineage();

    /// The events not found after a higher era overruled this replica (R43).
    final Listing listing = new Listing();

    final Outbox outbox = new Outbox();
    final Journal journal = new Journal();
    final Checkpoint checkpoint = new Checkpoint();

    ReplicaState(Replica.Setup setup) {
        settings = setup.settings();
        types = setup.types();
        storage = setup.storage();
        observer = setup.observer();
        node = setup.self();
        self = new ParticipantId(node, 0);
        memory = new RequestMemory(settings);
        indexVersions = new IndexVersions(types, versions);
        var measure = new StateMeasure();
        var tagger = new Tagger(outbox, () -> elapsedMillis, indexVersions);
        infimum = new Infimum(storage, types, tagger, indexVersions);
        projections = new Projections(types, infimum, memory, new Applier(measure), tagger, versions, log::find);
        history = new History(settings.hashEvery(), new LargeStates(types, infimum, measure, versions));
    }

    /// It is now this time. A time that goes back adds no elapsed time.
    void at(long millis) {
        elapsedMillis += knowsTime() ? Math.max(0, millis - givenMillis) : 0;
        givenMillis = millis;
        nowMillis = millis + wallOffsetMillis;
    }

    /// False until this replica hears the time.
    boolean knowsTime() {
        return givenMillis != 0;
    }

    /// The wall clock shows this much more than the times that [#at] gets.
    void wallOffset(long millis) {
        wallOffsetMillis = millis;
        nowMillis = givenMillis + millis;
    }

    ReplicaStatus.Phase phase() {
        return phase;
    }

    void phase(ReplicaStatus.Phase present) {
        phase = present;
    }

    /// R46, R48: only a participant that has started, and is not removed, originates, promises, accepts, folds
    /// and sends rows.
    boolean participates() {
        return phase == ReplicaStatus.Phase.PARTICIPATING;
    }

    /// The time of the last folded event; 0 before the first.
    long foldedTime() {
        EventId last = history.lastFolded();
        return last == null ? 0 : last.time();
    }

    /// The active version of each type of this release; 0 of one that the shard does not have yet.
    SortedMap<Integer, Integer> activeVersions() {
        var active = new TreeMap<Integer, Integer>();
        types.all().forEach(type -> active.put(type.id(), versions.active(type.id())));
        return active;
    }

    /// R87: whether this release runs a version.
    boolean runs(Raise raise) {
        var type = types.find(raise.type());
        return type != null && type.runs(raise.version());
    }

    boolean runs(VersionBoundary boundary) {
        return runs(new Raise(boundary.type(), boundary.version()));
    }

    /// R87: a replica stops at a version that its release does not have, before it applies anything under it.
    ///
    /// @throws UnknownVersionException that says which release to start
    void requireVersions() {
        var lacking = versions.lacking(types, foldedTime());
        if (lacking != null) {
            throw VersionTable.unknown(types, lacking);
        }
    }

    /// True from the first promise or acceptance of the epoch until its decision is known (R30).
    boolean frozen() {
        return promised != null;
    }

    boolean isParticipant(ParticipantId participant) {
        return participants.contains(participant);
    }

    @Nullable
    ParticipantId participantOf(NodeId of) {
        return Participants.find(participants, of);
    }

    /// Sets the participants from now on.
    void participants(List<ParticipantId> those) {
        participants = those.stream().map(KnownParticipants::of).toList();
        others = participants.stream().filter(one -> !one.equals(self)).toList();
        mayFold = true;
    }

    List<ParticipantId> others() {
        return others;
    }

    boolean isMajority(int count) {
        return count > participants.size() / 2;
    }

    /// True if this replica knows that the participant has started, and so has stored that (R45).
    boolean hasStarted(ParticipantId participant) {
        return heardInEpoch.contains(participant)
                || vector.get(participant) > 0
                || allHeardEpoch >= participant.epoch();
    }

    /// The row that this replica shows: what it holds, or held when it first promised (R26) or came back (R72).
    VersionVector ownRow() {
        if (rowAtPromise != null) {
            return rowAtPromise;
        }
        return rowAtReturn == null ? vector : rowAtReturn;
    }

    /// True from the recovery until all others have said what they know of this replica, or time is up (R72).
    boolean isReturning() {
        return rowAtReturn != null;
    }

    /// The known row of a participant; empty if none is known.
    VersionVector row(ParticipantId participant) {
        if (participant.equals(self)) {
            return ownRow();
        }
        return rows.getOrDefault(participant, VersionVector.EMPTY);
    }

    /// The last event of an origin that the row of a participant covers (R12, R17).
    long held(ParticipantId participant, ParticipantId origin) {
        return !isParticipant(origin) && heardInEpoch.contains(participant)
                ? Long.MAX_VALUE
                : row(participant).get(origin);
    }

    /// True if the row of a participant covers an event.
    boolean covers(ParticipantId participant, ParticipantId origin, long sequence) {
        return held(participant, origin) >= sequence;
    }

    /// R12: lowers a row's entries for removed participants to their cuts.
    VersionVector clamp(VersionVector row) {
        VersionVector clamped = row;
        for (int i = 0; i < row.size() && !cuts.isEmpty(); i++) {
            Long cut = cuts.get(row.origin(i));
            if (cut != null && row.sequence(i) > cut) {
                clamped = clamped.with(row.origin(i), cut);
            }
        }
        return clamped;
    }

    /// Forgets cuts over the bound, those of the participants added first, but none of an origin that still has
    /// unfolded events.
    void boundCuts() {
        for (int over = cuts.size() - REMEMBERED_CUTS; over > 0; over--) {
            cuts.keySet().stream()
                    .filter(removed -> vector.get(removed) == 0)
                    .min(Comparator.comparingLong(ParticipantId::epoch))
                    .ifPresent(cuts::remove);
        }
    }

    /// R6: the clock is at least this time from now on.
    void passed(long time) {
        clock = Math.max(clock, time);
    }

    /// R5: the next time of the clock.
    long nextTime() {
        clock = HybridTime.next(clock, nowMillis);
        return clock;
    }

    /// Keeps an event that may not be in history, to submit it again (R49).
    void salvage(LogEntry entry) {
        if (!entry.isBarrier()) {
            salvage.put(entry.id(), entry);
            journal.salvage.put(entry.id(), true);
        }
    }

    /// R11: adds an event to the outstanding ones, without a gap.
    void take(LogEntry taken) {
        LogEntry entry = taken.ofItsOwn();
        Invariant.hold(
                entry.sequence() == vector.get(entry.origin()) + 1, "events of an origin are taken without gaps (R11)");
        vector = vector.with(entry.origin(), entry.sequence());
        passed(entry.id().time());
        log.add(entry);
        projections.insert(entry);
        journal.added(entry);
        mayFold |= others.isEmpty() || !entry.origin().equals(self);
    }
}
