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
/// @param era the epoch that a forced change opens, the first of its era (R43); 0 for an ordinary decision
record Decision(List<ParticipantId> participants, List<Cut> cuts, List<LogEntry> tail, long era) {
    /// An ordinary decision, by a majority.
    Decision(List<ParticipantId> participants, List<Cut> cuts, List<LogEntry> tail) {
        this(participants, cuts, tail, 0);
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
        return participants.equals(other.participants) && cuts.equals(other.cuts);
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
        out.list(decision.participants, Wire::participant);
        out.list(decision.cuts, Cut::write);
        out.list(decision.tail, (o, entry) -> entry.write(o));
    }

    /// Adds the era, which only a decided value can have: nobody votes on a forced change.
    static void writeDecided(WireOutput out, Decision decision) {
        write(out, decision);
        out.varLong(decision.era);
    }

    static Decision readDecided(WireInput in) {
        return read(in).openingEra(in.varLong());
    }

    /// Reads a stored decision; releases without eras wrote no era.
    static Decision readStored(WireInput in) {
        Decision decision = read(in);
        return in.remaining() == 0 ? decision : decision.openingEra(in.varLong());
    }

    private Decision openingEra(long opened) {
        return new Decision(participants, cuts, tail, opened);
    }

    static Decision read(WireInput in) {
        return new Decision(in.list(Wire::participant), in.list(Cut::read), in.list(LogEntry::read));
    }
}
