package io.legion.core.shard;

import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A change proposed under one ballot, the votes for it, and the value that follows from the promises: rules R33,
/// R34, R35 and R81.
final class Proposal {
    final Promises promises;
    final Change change;
    final long startedMillis;
    long sentMillis;

    /// Null until there are enough promises.
    Message.@Nullable Vote vote;

    /// The participants that have accepted it.
    final TreeSet<ParticipantId> votes = new TreeSet<>();

    Proposal(Promises promises, Change change, long elapsedMillis) {
        this.promises = promises;
        this.change = change;
        this.startedMillis = elapsedMillis;
        this.sentMillis = elapsedMillis;
    }

    /// R35: of the staying participants, as many have promised as make a majority of the next set, or all. An
    /// added one does not count: it may be gone before it has started.
    ///
    /// @param participants how many participants the present epoch has
    boolean isNextAlive(int participants) {
        long there = promises.givers().stream()
                .filter(participant -> !change.removed().contains(participant))
                .count();
        return there >= change.leastPromises(participants - change.removed().size());
    }

    /// R81, R87: a change of versions waits for the promises of all participants.
    boolean mayRaise() {
        return change.raises().isEmpty() || promises.isComplete();
    }

    /// R33: the accepted value of the highest ballot, if there is one; else a new value.
    ///
    /// @param made the change, or an empty one instead of it
    /// @param latestMillis the latest that a wall clock may show which counts for a boundary (R88)
    Decision value(List<ParticipantId> next, Change made, long latestMillis) {
        Message.Vote accepted = promises.accepted();
        return accepted != null
                ? accepted.value()
                : newValue(next, made.removed(), boundaries(made.raises(), latestMillis));
    }

    /// R81: each version is active for the events that are later than all clocks were when they promised.
    private List<VersionBoundary> boundaries(List<Raise> raises, long latestMillis) {
        long time = promises.latestClock();
        return promises.isRunByAll() && promises.latestWallMillis() <= latestMillis
                ? raises.stream()
                        .map(raise -> new VersionBoundary(raise.type(), raise.version(), time))
                        .toList()
                : List.of();
    }

    /// R34: the next participants, a cut for each removed one, the tail, and the boundaries.
    private Decision newValue(List<ParticipantId> next, List<ParticipantId> removed, List<VersionBoundary> boundaries) {
        var cuts = new ArrayList<Decision.Cut>();
        for (ParticipantId one : removed) {
            cuts.add(new Decision.Cut(one, promises.highest(one)));
        }
        return new Decision(next, cuts, tail(cuts), boundaries);
    }

    private List<LogEntry> tail(List<Decision.Cut> cuts) {
        var tail = promises.outstanding();
        for (Decision.Cut cut : cuts) {
            tail.values().removeIf(entry -> entry.origin().equals(cut.removed()) && entry.sequence() > cut.sequence());
        }
        return List.copyOf(tail.values());
    }
}
