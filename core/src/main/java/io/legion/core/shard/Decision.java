package io.legion.core.shard;

import io.legion.core.ParticipantId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Epoch;
import java.util.List;

/// The value that ends an epoch: the next participants, the cuts of the removed ones, and every event that may
/// have been answered DURABLE (R34).
///
/// @param participants the next participants, the preferred one first
/// @param cuts for each removed participant the sequence number of its last event that belongs to history
/// @param tail outstanding events of a majority
/// @param boundaries of the versions that become active (R81)
/// @param era the epoch that a forced change opens, the first of its era (R43); 0 for an ordinary decision
record Decision(
        List<ParticipantId> participants,
        List<Cut> cuts,
        List<LogEntry> tail,
        List<VersionBoundary> boundaries,
        long era) {
    /// An ordinary decision, by a majority.
    Decision(List<ParticipantId> participants, List<Cut> cuts, List<LogEntry> tail, List<VersionBoundary> boundaries) {
        this(participants, cuts, tail, boundaries, 0);
    }

    /// An ordinary decision that raises no version.
    Decision(List<ParticipantId> participants, List<Cut> cuts, List<LogEntry> tail) {
        this(participants, cuts, tail, List.of());
    }

    /// The epoch that it opens.
    long opens(long ended) {
        return isForced() ? era : Epoch.next(ended);
    }

    boolean isForced() {
        return era != 0;
    }

    /// Whether the other one ends an epoch in the same way. It may carry less of the tail.
    boolean decidesSame(Decision other) {
        return participants.equals(other.participants)
                && cuts.equals(other.cuts)
                && boundaries.equals(other.boundaries);
    }

    /// Up to where a removed participant's events count.
    record Cut(ParticipantId removed, long sequence) {
        static void write(WireOutput out, Cut cut) {
            Wire.participant(out, cut.removed);
            out.varLong(cut.sequence);
        }

        static Cut read(WireInput in) {
            return new Cut(Wire.participant(in), in.varLong());
        }
    }

    static void write(WireOutput out, Decision decision) {
        writeWithoutBoundaries(out, decision);
        out.list(decision.boundaries, VersionBoundary::write);
    }

    private static void writeWithoutBoundaries(WireOutput out, Decision decision) {
        out.list(decision.participants, Wire::participant);
        out.list(decision.cuts, Cut::write);
        out.list(decision.tail, (o, entry) -> entry.write(o));
    }

    /// Adds the era, which only a decided value can have: nobody votes on a forced change.
    static void writeDecided(WireOutput out, Decision decision) {
        writeWithoutBoundaries(out, decision);
        out.varLong(decision.era);
        out.list(decision.boundaries, VersionBoundary::write);
    }

    static Decision readDecided(WireInput in) {
        Decision decision = readWithoutBoundaries(in);
        return decision.opening(in.varLong(), in.list(VersionBoundary::read));
    }

    /// Reads a stored decision; the first releases wrote no era, and later ones no boundaries.
    static Decision readStored(WireInput in) {
        Decision decision = readWithoutBoundaries(in);
        long era = in.remaining() == 0 ? 0 : in.varLong();
        return decision.opening(era, in.remaining() == 0 ? List.of() : in.list(VersionBoundary::read));
    }

    private Decision opening(long opened, List<VersionBoundary> raised) {
        return new Decision(participants, cuts, tail, raised, opened);
    }

    static Decision read(WireInput in) {
        return readWithoutBoundaries(in).opening(0, in.list(VersionBoundary::read));
    }

    /// Reads what releases without versions wrote.
    static Decision readWithoutBoundaries(WireInput in) {
        return new Decision(in.list(Wire::participant), in.list(Cut::read), in.list(LogEntry::read));
    }
}
