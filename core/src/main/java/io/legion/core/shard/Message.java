package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What replicas of one shard send each other. [MessageCodec] writes and reads it.
public sealed interface Message {
    /// Events and a row, within one epoch (R11, R12, R13, R14, R15, R16).
    ///
    /// @param from the sender
    /// @param row what the sender holds
    /// @param clock the sender's clock
    /// @param wallMillis the sender's wall clock (R7)
    /// @param asks true if the sender waits for the receiver's row (R15)
    /// @param asksRows true if the sender also wants the other participants' rows that the receiver knows (R68)
    /// @param rows rows of other participants, of the present epoch (R68)
    /// @param hashPosition the position in history of `hash`; 0 if there is none yet (R58)
    record Delta(
            long epoch,
            ParticipantId from,
            List<LogEntry> entries,
            VersionVector row,
            long clock,
            long wallMillis,
            boolean asks,
            boolean asksRows,
            List<Row> rows,
            long hashPosition,
            long hash)
            implements Message {}

    /// The row of a participant.
    record Row(ParticipantId owner, VersionVector held) {}

    /// The receiver's wall clock is too far ahead (R7).
    ///
    /// @param wallMillis the time that the sender goes by
    /// @param boundMillis how far ahead of that a clock may be
    record ClockAhead(ParticipantId from, long wallMillis, long boundMillis) implements Message {}

    /// The sender is in this epoch and asks for the decisions from it on (R13).
    record AskDecisions(long epoch) implements Message {}

    /// Decisions in order, the first of them ending `epoch` (R40).
    record Decisions(long epoch, List<Decision> decisions) implements Message {}

    /// The receiver's era is below the sender's, and the receiver takes no part in that one (R43).
    ///
    /// @param epoch the sender's epoch
    /// @param ends the epochs that ended by force on the way to it
    record Overruled(long epoch, List<ParticipantId> participants, List<Long> ends) implements Message {}

    /// An overruled replica asks which of its events are in the history of this epoch's era (R43).
    record AskKnown(long epoch, List<Sought> events) implements Message {}

    /// An event that an overruled replica looks for.
    ///
    /// @param sequence its number among its origin's events; 0 if no longer known
    /// @param fingerprint of the use of its request id (R74)
    record Sought(EventId event, long sequence, RequestId request, long fingerprint) {}

    /// Which of the sought events are in history, and which are not. Outstanding ones may be in neither yet.
    record Known(long epoch, List<EventId> found, List<EventId> unfound) implements Message {}

    /// The receiver takes no part any more (R40, R41).
    ///
    /// @param cuts the cut of each participant that the receiver's node was, as far as the sender knows: the
    ///     receiver may be a participant that was removed later
    record Removed(long epoch, List<ParticipantId> participants, List<Decision.Cut> cuts) implements Message {
        /// The last participant that the receiver's node was, as far as the sender knows.
        public ParticipantId latest(NodeId receiver) {
            return cuts.stream()
                    .map(Decision.Cut::removed)
                    .max(Comparator.comparingLong(ParticipantId::epoch))
                    .orElse(new ParticipantId(receiver, epoch));
        }

        /// The cut of this participant; -1 if the sender does not know it.
        public long cut(ParticipantId of) {
            return cuts.stream()
                    .filter(cut -> cut.removed().equals(of))
                    .mapToLong(Decision.Cut::sequence)
                    .findFirst()
                    .orElse(-1);
        }
    }

    /// First half of a proposal (R29).
    ///
    /// @param raises the versions that are to become active (R81)
    record Prepare(long epoch, Ballot ballot, List<ParticipantId> removed, List<Raise> raises) implements Message {}

    /// A promise (R31).
    ///
    /// @param wallMillis the sender's wall clock (R7)
    /// @param clock the sender's clock: what it originates later is later (R81)
    /// @param runsRaised whether the sender's release runs the versions that are to become active (R87)
    record Promise(
            long epoch,
            ParticipantId from,
            Ballot ballot,
            long wallMillis,
            long clock,
            boolean runsRaised,
            VersionVector vector,
            List<LogEntry> outstanding,
            @Nullable Vote accepted)
            implements Message {}

    /// Second half of a proposal (R36).
    record Accept(long epoch, Vote vote) implements Message {}

    /// A value under a ballot.
    record Vote(Ballot ballot, Decision value) {}

    /// The sender accepted the value of this ballot (R36).
    record Accepted(long epoch, ParticipantId from, Ballot ballot) implements Message {}

    /// The sender promised a higher ballot (R37).
    record Refused(long epoch, Ballot promised) implements Message {}

    /// A participant that came back from its store, or was cut off, asks what the receiver knows of it (R72).
    record AskKnownOfMe(long epoch, ParticipantId from) implements Message {
        private static final long NEVER = -1;

        /// From a node whose store has nothing of the shard, though other nodes say that it takes part.
        public static AskKnownOfMe ofNobody(long epoch, NodeId node) {
            return new AskKnownOfMe(epoch, new ParticipantId(node, NEVER));
        }

        boolean isOfNobody() {
            return from.epoch() == NEVER;
        }
    }

    /// What the sender knows that a participant did before (R71).
    ///
    /// @param epoch an epoch in which the sender knows that participant to have been
    /// @param from the sender
    /// @param held what the sender knows it to hold
    /// @param promised the highest ballot that it promised the sender in this epoch; null if none
    record KnownOfYou(
            long epoch,
            ParticipantId from,
            ParticipantId of,
            VersionVector held,
            @Nullable Ballot promised) implements Message {}

    /// The sender holds another event under this number: the participant `of` uses its numbers again (R71).
    record SequenceReused(ParticipantId from, ParticipantId of, long sequence) implements Message {}

    /// A stale participant asks what the receiver holds, and to be in touch with it (R77, R78).
    ///
    /// @param round tells the times apart at which the sender became stale
    /// @param row what the sender holds
    record AskHeld(long epoch, ParticipantId from, long round, VersionVector row) implements Message {}

    /// What the sender holds (R78).
    ///
    /// @param round that of the question
    /// @param all every event that it holds
    /// @param durable what a majority holds, as far as the sender knows
    /// @param counted true if the sender lets DURABLE answers wait for the receiver from now on (R77)
    /// @param leaversKnow true if the sender waits for nobody that left (R77)
    record Held(
            long epoch,
            ParticipantId from,
            long round,
            VersionVector all,
            VersionVector durable,
            boolean counted,
            boolean leaversKnow)
            implements Message {
        /// The same of a sender that does not wait for the receiver any more.
        Held uncounted() {
            return new Held(epoch, from, round, all, durable, false, leaversKnow);
        }
    }

    /// The sender has not heard the receiver for too long, and answers without it (R77).
    record OutOfTouch(long epoch, ParticipantId from) implements Message {}

    /// A replica that is set apart asks what the receiver did otherwise up to an agreed position (R91).
    ///
    /// @param folds the hash of each fold since the agreed position before, as far as the sender has it
    /// @param states the hash of each large state that counted there
    record AskDifference(ParticipantId from, long position, List<Long> folds, List<Long> states) implements Message {}

    /// What the sender did otherwise up to that position (R91).
    ///
    /// @param release what people call the sender's release of the service; empty if it has no name
    /// @param compared how many parts of the hash both have; 0 if the sender does not have any of them now
    /// @param part the first part that differs; null if none does
    record Difference(
            ParticipantId from,
            long position,
            String release,
            int compared,
            @Nullable Part part) implements Message {
        /// A state that takes more is not told.
        static final int MOST_STATE_BYTES = 1 << 20;

        /// A part of the hash.
        ///
        /// @param back how many parts of its kind come after it
        /// @param event that folded; null for a large state
        /// @param outcome the hash of the event's outcome; 0 if it has none
        /// @param state the hash of the state
        /// @param now the partition as the sender has it now; null if there is none, or a very large one
        /// @param later how many events the sender has folded after that position
        public record Part(
                int back,
                @Nullable EventId event,
                long outcome,
                long state,
                @Nullable CopiedState now,
                long later) {}
    }

    /// A joining node wants a piece of a copy (R44).
    ///
    /// @param attempt tells the tries of one joiner apart
    /// @param session tells the copies that a source has begun apart; 0 for the first piece
    /// @param piece counts the pieces of one copy from 0
    record AskPiece(long attempt, long session, long piece) implements Message {}

    /// Some states of a copy (R44).
    ///
    /// @param versions the versions of the shard, by which the joiner writes states and tags (R85)
    /// @param caughtUp true if the copy is almost at its end: the joiner may be added
    record Piece(long attempt, long session, long piece, List<CopiedState> states, Bytes versions, boolean caughtUp)
            implements Message {}

    /// One state of a copy; null for a partition that is back at its initial state.
    record CopiedState(PartitionAddress address, @Nullable Bytes bytes) {}

    /// The sender knows nothing of this copy, or cannot finish it: the joiner begins again.
    ///
    /// @param sources the nodes to copy from; empty to stay with those the joiner knows
    record StartOver(long attempt, List<NodeId> sources) implements Message {}

    /// What makes a joiner a participant, once its copy is complete (R45).
    record Start(
            long attempt,
            long session,
            long epoch,
            List<ParticipantId> participants,
            List<Decision.Cut> cuts,
            long clock,
            List<LogEntry> outstanding,
            Bytes history,
            Bytes lineage,
            Bytes versions,
            @Nullable EventId horizon,
            List<RequestMemory.Run> runs,
            List<RequestMemory.Single> singles,
            List<RequestMemory.Output> outputs)
            implements Message {}
}
