package io.legion.core.shard;

import io.legion.core.ParticipantId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;

/// The name of one proposal in one epoch; never used for two (R29). Ordered by number, then proposer.
record Ballot(long number, ParticipantId proposer) implements Comparable<Ballot> {
    @Override
    public int compareTo(Ballot other) {
        int byNumber = Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : proposer.compareTo(other.proposer);
    }

    static void write(WireOutput out, Ballot ballot) {
        out.varLong(ballot.number);
        Wire.participant(out, ballot.proposer);
    }

    static Ballot read(WireInput in) {
        return new Ballot(in.varLong(), Wire.participant(in));
    }
}
