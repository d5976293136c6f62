package io.legion.core.shard;

import io.legion.core.ParticipantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares histories: rules R58 and R59.
final class Hashes {
    /// The hash of a history at a position; position 0 if there is none yet.
    record Point(long position, long hash) {
        static final Point NONE = new Point(0, 0);
    }

    private static final int REMEMBERED = 16;
    private static final String TURNED_AWAY = "this node's copy of the shard differs from the others'; ask another one";

    private final ReplicaState state;
    private final Phases phases;
    private final FirstDifference firstDifference;

    /// The hashes that the other participants reported, by position.
    private final TreeMap<Long, TreeMap<ParticipantId, Long>> reports = new TreeMap<>();

    /// The position that each participant reported last: every delta carries it.
    private final ParticipantMap<Long> reported = new ParticipantMap<>();

    /// The positions whose hashes the next check compares.
    private final TreeSet<Long> unchecked = new TreeSet<>();

    /// This replica's own last position at the last check.
    private long checkedPosition;

    Hashes(ReplicaState state, Phases phases, FirstDifference firstDifference) {
        this.state = state;
        this.phases = phases;
        this.firstDifference = firstDifference;
    }

    Point latest() {
        return state.history.latestHash();
    }

    /// A removed participant reports no longer; and what was no majority before may be one now.
    void epochChanged() {
        reported.retainAll(state.participants);
        state.history.trail().release();
        unchecked.addAll(reports.keySet());
    }

    void receive(ParticipantId from, long position, long hash) {
        if (position == 0 || reported.getOrDefault(from, 0L) == position) {
            return;
        }
        reported.put(from, position);
        reports.computeIfAbsent(position, _ -> new TreeMap<>()).put(from, hash);
        unchecked.add(position);
        while (reports.size() > REMEMBERED) {
            unchecked.remove(reports.pollFirstEntry().getKey());
        }
    }

    /// Compares the reports of the other participants with this replica's hashes.
    void check() {
        long position = latest().position();
        if (unchecked.isEmpty() && position == checkedPosition) {
            return;
        }
        NavigableMap<Long, Long> own = state.history.hashes();
        if (position > checkedPosition) {
            unchecked.addAll(own.tailMap(checkedPosition, false).keySet());
            checkedPosition = position;
            reports.headMap(own.firstKey()).clear();
        }
        while (!unchecked.isEmpty()) {
            compare(Objects.requireNonNull(unchecked.pollFirst()));
        }
    }

    private void compare(long position) {
        Long own = state.history.hashes().get(position);
        var others = reports.get(position);
        if (own == null || others == null || !state.participates()) {
            return;
        }
        if (isDifferent(own, others.values())) {
            state.history.trail().keep(position);
            judge(position, own, others);
        }
    }

    private static boolean isDifferent(long own, Collection<Long> others) {
        for (long other : others) {
            if (other != own) {
                return true;
            }
        }
        return false;
    }

    /// R59: sets a replica apart that differs from a majority; without a majority all, once all have reported.
    private void judge(long position, long own, Map<ParticipantId, Long> others) {
        var votes = new HashMap<Long, Integer>();
        votes.merge(own, 1, Integer::sum);
        others.values().forEach(hash -> votes.merge(hash, 1, Integer::sum));
        if (state.isMajority(Objects.requireNonNull(votes.get(own)))) {
            return;
        }
        boolean outvoted = votes.values().stream().anyMatch(state::isMajority);
        if (outvoted || others.keySet().containsAll(state.others())) {
            others.values().removeIf(hash -> hash == own);
            setApart(position, others.keySet());
        }
    }

    /// @param others those that differ
    private void setApart(long position, Set<ParticipantId> others) {
        phases.become(ReplicaStatus.Phase.DIVERGED, TURNED_AWAY);
        state.outbox.alarm(
                Alarm.Kind.DIVERGED,
                "after " + position + " equal events this replica's states differ from the other participants' ("
                        + others + "): an event's apply is not pure, or the store is damaged, or one release of the"
                        + " service does something else without a version of its own (docs/upgrades.md). The replica"
                        + " serves nothing more, and its state is kept. The next message says after which event they"
                        + " differ. Mend the cause, then drop this copy (./legion salvage): it copies the shard anew");
        firstDifference.begin(position, others);
    }
}
