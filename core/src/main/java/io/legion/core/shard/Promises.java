package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The first half of a proposal: asks participants for their promises under a new ballot, and keeps what they
/// promise (R29, R31). What follows from the promises is the matter of the [Proposal], or of [Forcing].
final class Promises {
    private final ReplicaState state;
    private final List<ParticipantId> asked;
    private final TreeMap<ParticipantId, Message.Promise> given = new TreeMap<>();
    final Message.Prepare prepare;

    /// R29: takes a number that was never used, and stores it, forced, before anyone hears of it.
    ///
    /// @param asked the participants whose promises count
    /// @param removed those that the change removes
    /// @param raises the versions that it makes active
    Promises(ReplicaState state, List<ParticipantId> asked, List<ParticipantId> removed, List<Raise> raises) {
        this.state = state;
        this.asked = asked;
        state.ballotNumber++;
        state.journal.forceAcceptor();
        prepare = new Message.Prepare(state.epoch, new Ballot(state.ballotNumber, state.self), removed, raises);
    }

    Ballot ballot() {
        return prepare.ballot();
    }

    /// Asks the others that have not promised yet.
    void ask() {
        for (ParticipantId participant : asked) {
            if (!participant.equals(state.self) && !given.containsKey(participant)) {
                state.outbox.send(participant.node(), prepare);
            }
        }
    }

    /// Takes a promise.
    ///
    /// @return false if it is for another ballot, or of a participant that was not asked
    boolean take(Message.Promise promise) {
        boolean counts = promise.ballot().equals(ballot()) && asked.contains(promise.from());
        if (counts) {
            given.put(promise.from(), promise);
            state.promises.put(promise.from(), promise.ballot());
        }
        return counts;
    }

    /// R37: true if the ballot is too low for a participant that promised this one.
    boolean isBelow(Ballot promised) {
        return ballot().compareTo(promised) < 0;
    }

    /// The participants that have promised.
    Set<ParticipantId> givers() {
        return given.keySet();
    }

    boolean isComplete() {
        return given.size() == asked.size();
    }

    /// R33: the vote accepted under the highest ballot, as the promises say; null if there is none.
    Message.@Nullable Vote accepted() {
        Message.Vote highest = null;
        for (Message.Promise promise : given.values()) {
            Message.Vote accepted = promise.accepted();
            if (accepted != null && (highest == null || accepted.ballot().compareTo(highest.ballot()) > 0)) {
                highest = accepted;
            }
        }
        return highest;
    }

    /// The last event of an origin that any of them holds.
    long highest(ParticipantId origin) {
        long highest = 0;
        for (Message.Promise promise : given.values()) {
            highest = Math.max(highest, promise.vector().get(origin));
        }
        return highest;
    }

    /// R87: true if all that were asked have promised, and run the versions that are to become active.
    boolean isRunByAll() {
        return isComplete() && given.values().stream().allMatch(Message.Promise::runsRaised);
    }

    /// R81: what any of them originates later is later than this.
    long latestClock() {
        return given.values().stream().mapToLong(Message.Promise::clock).max().orElse(0);
    }

    /// R88: the latest that a wall clock of theirs showed.
    long latestWallMillis() {
        return given.values().stream()
                .mapToLong(Message.Promise::wallMillis)
                .max()
                .orElse(0);
    }

    /// All outstanding events that any of them holds.
    SortedMap<EventId, LogEntry> outstanding() {
        var events = new TreeMap<EventId, LogEntry>();
        for (Message.Promise promise : given.values()) {
            promise.outstanding().forEach(entry -> events.put(entry.id(), entry));
        }
        return events;
    }

    /// The events of all values that any of them has accepted.
    SortedMap<EventId, LogEntry> acceptedTails() {
        var events = new TreeMap<EventId, LogEntry>();
        for (Message.Promise promise : given.values()) {
            Message.Vote vote = promise.accepted();
            if (vote != null) {
                vote.value().tail().forEach(entry -> events.put(entry.id(), entry));
            }
        }
        return events;
    }
}
