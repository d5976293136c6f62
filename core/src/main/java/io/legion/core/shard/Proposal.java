package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A change proposed under one ballot, the promises and votes for it, and the value that follows from the
/// promises: rules R33 to R35.
final class Proposal {
    final Ballot ballot;
    final Change change;
    final long startedMillis;
    long sentMillis;
    final TreeMap<ParticipantId, Message.Promise> promises = new TreeMap<>();

    /// Null until there are enough promises.
    Message.@Nullable Vote vote;

    /// The participants that have accepted it.
    final TreeSet<ParticipantId> votes = new TreeSet<>();

    Proposal(Ballot ballot, Change change, long elapsedMillis) {
        this.ballot = ballot;
        this.change = change;
        this.startedMillis = elapsedMillis;
        this.sentMillis = elapsedMillis;
    }

    /// R35: of the staying participants, as many have promised as make a majority of the next set, or all. An
    /// added one does not count: it may be gone before it has started.
    ///
    /// @param participants how many participants the present epoch has
    boolean isNextAlive(int participants) {
        long there = promises.keySet().stream()
                .filter(participant -> !change.removed().contains(participant))
                .count();
        return there >= change.leastPromises(participants - change.removed().size());
    }

    /// R33: the accepted value of the highest ballot, if there is one; else a new value.
    Decision value(List<ParticipantId> next, List<ParticipantId> removed) {
        Message.Vote accepted = accepted();
        return accepted != null ? accepted.value() : newValue(next, removed);
    }

    /// The vote accepted under the highest ballot, as the promises say; null if there is none.
    Message.@Nullable Vote accepted() {
        Message.Vote highest = null;
        for (Message.Promise promise : promises.values()) {
            Message.Vote accepted = promise.accepted();
            if (accepted != null && (highest == null || accepted.ballot().compareTo(highest.ballot()) > 0)) {
                highest = accepted;
            }
        }
        return highest;
    }

    /// R34.
    private Decision newValue(List<ParticipantId> next, List<ParticipantId> removed) {
        var cuts = new ArrayList<Decision.Cut>();
        for (ParticipantId one : removed) {
            cuts.add(new Decision.Cut(one, highest(one)));
        }
        return new Decision(next, cuts, tail(cuts));
    }

    private long highest(ParticipantId origin) {
        long highest = 0;
        for (Message.Promise promise : promises.values()) {
            highest = Math.max(highest, promise.vector().get(origin));
        }
        return highest;
    }

    private List<LogEntry> tail(List<Decision.Cut> cuts) {
        var tail = new TreeMap<EventId, LogEntry>();
        for (Message.Promise promise : promises.values()) {
            promise.outstanding().forEach(entry -> tail.put(entry.id(), entry));
        }
        for (Decision.Cut cut : cuts) {
            tail.values().removeIf(entry -> entry.origin().equals(cut.removed()) && entry.sequence() > cut.sequence());
        }
        return List.copyOf(tail.values());
    }
}
