package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// The book-keeping of a replica as stored records: their names and formats.
///
/// | name | what |
/// | --- | --- |
/// | `E` | phase, epoch, participants, cuts, lineage |
/// | `A` | the acceptor's and the proposer's part of the epoch |
/// | `H` | the history: position, vector, hash; the clock; the horizon |
/// | `D` + epoch | a decision that someone may still need |
/// | `O` + position | outputs of the requests folded together, the first of them at that position |
/// | `R` + client + number | a run of request numbers of one client |
/// | `I` + position | single request ids folded together, the first of them at that position |
/// | `S` + event id | an entry of salvage |
/// | `L` | by whom this replica was overruled, and which of its events were not found there |
final class Records {
    static final Bytes EPOCH = Bytes.of("E");
    static final Bytes ACCEPTOR = Bytes.of("A");
    static final Bytes HISTORY = Bytes.of("H");
    static final Bytes DECISIONS = Bytes.of("D");
    static final Bytes OUTPUTS = Bytes.of("O");
    static final Bytes RUNS = Bytes.of("R");
    static final Bytes SINGLES = Bytes.of("I");
    static final Bytes SALVAGE = Bytes.of("S");

    static final Bytes LISTING = Bytes.of("L");

    private static final int FORMAT = 1;

    /// The epoch's record has the lineage from format 2 on, which brought eras, the epoch in which all were heard from
    /// format 3 on, and the versions from format 4 on.
    private static final int EPOCH_FORMAT = 4;

    private static final int ALL_HEARD_FORMAT = 3;

    /// The acceptor's record has boundaries of versions from format 2 on.
    private static final int ACCEPTOR_FORMAT = 2;

    private Records() {}

    static Bytes encode(Consumer<WireOutput> write) {
        var out = new WireOutput();
        write.accept(out);
        return Bytes.wrap(out.toByteArray());
    }

    /// A name that sorts by the numbers in it (taken as unsigned).
    static Bytes name(Bytes prefix, long... numbers) {
        var name =
                ByteBuffer.allocate(prefix.size() + Long.BYTES * numbers.length).put(prefix.shared());
        for (long number : numbers) {
            name.putLong(number);
        }
        return Bytes.wrap(name.array());
    }

    static Bytes run(RequestId first) {
        return name(RUNS, first.client(), first.number());
    }

    static Bytes salvage(EventId id) {
        return name(SALVAGE, id.time(), id.origin().node().value(), id.origin().epoch());
    }

    static void writeEpoch(ReplicaState state, WireOutput out) {
        out.writeByte(EPOCH_FORMAT);
        out.writeByte(state.phase().code());
        Wire.participant(out, state.self);
        out.varLong(state.epoch);
        out.list(state.participants, Wire::participant);
        out.varLong(state.cuts.size());
        state.cuts.forEach((removed, cut) -> Decision.Cut.write(out, new Decision.Cut(removed, cut)));
        state.lineage.write(out);
        out.varLong(state.allHeardEpoch);
        state.versions.write(out);
        state.indexVersions.write(out);
    }

    static void readEpoch(ReplicaState state, WireInput in) {
        int format = requireFormat(in, EPOCH_FORMAT);
        state.phase(ReplicaStatus.Phase.of(in.readByte()));
        state.self = Wire.participant(in);
        state.epoch = in.varLong();
        state.participants(in.list(Wire::participant));
        for (Decision.Cut cut : in.list(Decision.Cut::read)) {
            state.cuts.put(cut.removed(), cut.sequence());
        }
        if (format > FORMAT) {
            state.lineage.read(in);
        }
        state.allHeardEpoch = format >= ALL_HEARD_FORMAT ? in.varLong() : 0;
        if (format == EPOCH_FORMAT) {
            state.versions.read(in);
            state.indexVersions.read(in);
        } else {
            state.versions.foundWithoutVersions(state.types);
            state.indexVersions.withoutVersions();
        }
        in.requireEnd();
    }

    static void writeHistory(ReplicaState state, WireOutput out) {
        out.writeByte(FORMAT);
        state.history.write(out);
        out.fixed64(state.clock);
        out.optional(state.memory.horizon(), Wire::eventId);
        out.varLong(Math.min(state.memory.oldestSingle(), state.history.position() + 1));
    }

    /// Reads the history, and returns the position of the first single request id that is remembered: a record
    /// of many may have older ones.
    static long readHistory(ReplicaState state, WireInput in) {
        requireFormat(in);
        state.history.read(in);
        state.passed(in.fixed64());
        state.memory.horizon(in.optional(Wire::eventId));
        long firstSingle = in.varLong();
        in.requireEnd();
        return firstSingle;
    }

    static void writeAcceptor(ReplicaState state, WireOutput out) {
        out.writeByte(ACCEPTOR_FORMAT);
        out.varLong(state.ballotNumber);
        out.optional(state.promised, Ballot::write);
        out.optional(state.accepted, Records::writeVote);
        out.optional(state.rowAtPromise, (o, row) -> row.write(o));
        out.flag(state.sealed);
    }

    static void readAcceptor(ReplicaState state, WireInput in) {
        int format = requireFormat(in, ACCEPTOR_FORMAT);
        state.ballotNumber = in.varLong();
        state.promised = in.optional(Ballot::read);
        state.accepted = in.optional(format == FORMAT ? Records::readVoteWithoutBoundaries : Records::readVote);
        state.rowAtPromise = in.optional(VersionVector::read);
        state.sealed = in.flag();
        in.requireEnd();
    }

    static void writeVote(WireOutput out, Message.Vote vote) {
        Ballot.write(out, vote.ballot());
        Decision.write(out, vote.value());
    }

    static Message.Vote readVote(WireInput in) {
        return new Message.Vote(Ballot.read(in), Decision.read(in));
    }

    private static Message.Vote readVoteWithoutBoundaries(WireInput in) {
        return new Message.Vote(Ballot.read(in), Decision.readWithoutBoundaries(in));
    }

    static void writeRun(WireOutput out, RequestMemory.Run run) {
        Wire.request(out, run.first());
        out.signedVarLong(run.last());
        out.varLong(run.position());
        out.varLong(run.millis());
    }

    static RequestMemory.Run readRun(WireInput in) {
        return new RequestMemory.Run(Wire.request(in), in.signedVarLong(), in.varLong(), in.varLong());
    }

    static void writeSingle(WireOutput out, RequestMemory.Single id) {
        out.fixed64(id.request().client());
        out.fixed64(id.request().number());
        out.varLong(id.position());
        out.fixed64(id.time());
        out.fixed64(id.fingerprint());
    }

    static RequestMemory.Single readSingle(WireInput in) {
        return new RequestMemory.Single(
                new RequestId(in.fixed64(), in.fixed64()), in.varLong(), in.fixed64(), in.fixed64());
    }

    static void writeListing(ReplicaState state, WireOutput out) {
        out.writeByte(FORMAT);
        state.listing.write(out);
    }

    static void readListing(ReplicaState state, WireInput in) {
        requireFormat(in);
        state.listing.read(in);
        in.requireEnd();
    }

    private static void requireFormat(WireInput in) {
        requireFormat(in, FORMAT);
    }

    /// The record's format, which this release reads if it is not above `latest`.
    private static int requireFormat(WireInput in, int latest) {
        byte format = in.readByte();
        if (format < FORMAT || format > latest) {
            throw new CodecException("the record is of format " + format + ", this release reads format " + latest
                    + "; start a release that is not older than the one that wrote it");
        }
        return format;
    }
}
