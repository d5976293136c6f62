package io.legion.core.shard;

import io.legion.core.CodecException;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;

/// Writes and reads [Message]s: one byte for the kind, then the parts in order.
public final class MessageCodec {
    private MessageCodec() {}

    /// Appends the message.
    public static void write(WireOutput out, Message message) {
        switch (message) {
            case Message.Delta m -> writeDelta(kind(out, 1), m);
            case Message.ClockAhead m -> writeClockAhead(kind(out, 2), m);
            case Message.AskDecisions m -> kind(out, 3).varLong(m.epoch());
            case Message.Decisions m -> writeDecisions(kind(out, 4), m);
            case Message.Removed m -> writeRemoved(kind(out, 5), m);
            case Message.Prepare m -> writePrepare(kind(out, 6), m);
            case Message.Promise m -> writePromise(kind(out, 7), m);
            case Message.Accept m -> writeAccept(kind(out, 8), m);
            case Message.Accepted m -> writeAccepted(kind(out, 9), m);
            case Message.Refused m -> writeRefused(kind(out, 10), m);
            case Message.AskPiece m -> writeAskPiece(kind(out, 11), m);
            case Message.Piece m -> writePiece(kind(out, 12), m);
            case Message.StartOver m -> writeStartOver(kind(out, 13), m);
            case Message.Start m -> writeStart(kind(out, 14), m);
            case Message.Overruled m -> writeOverruled(kind(out, 15), m);
            case Message.AskKnown m -> writeAskKnown(kind(out, 16), m);
            case Message.Known m -> writeKnown(kind(out, 17), m);
            case Message.AskKnownOfMe m -> writeAskKnownOfMe(kind(out, 18), m);
            case Message.KnownOfYou m -> writeKnownOfYou(kind(out, 19), m);
            case Message.SequenceReused m -> writeSequenceReused(kind(out, 20), m);
            case Message.AskHeld m -> writeAskHeld(kind(out, 21), m);
            case Message.Held m -> writeHeld(kind(out, 22), m);
            case Message.OutOfTouch m -> writeOutOfTouch(kind(out, 23), m);
            case Message.AskDifference m -> writeAskDifference(kind(out, 24), m);
            case Message.Difference m -> writeDifference(kind(out, 25), m);
        }
    }

    private static WireOutput kind(WireOutput out, int kind) {
        out.writeByte(kind);
        return out;
    }

    /// Reads one message.
    ///
    /// @throws CodecException if the bytes are not one
    public static Message read(WireInput in) {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> readDelta(in);
            case 2 -> new Message.ClockAhead(Wire.participant(in), in.signedVarLong(), in.varLong());
            case 3 -> new Message.AskDecisions(in.varLong());
            case 4 -> new Message.Decisions(in.varLong(), in.list(Decision::readDecided));
            case 5 -> new Message.Removed(in.varLong(), in.list(Wire::participant), in.list(Decision.Cut::read));
            case 6 ->
                new Message.Prepare(in.varLong(), Ballot.read(in), in.list(Wire::participant), in.list(Raise::read));
            case 7 -> readPromise(in);
            case 8 -> new Message.Accept(in.varLong(), Records.readVote(in));
            case 9 -> new Message.Accepted(in.varLong(), Wire.participant(in), Ballot.read(in));
            case 10 -> new Message.Refused(in.varLong(), Ballot.read(in));
            case 11 -> new Message.AskPiece(in.varLong(), in.fixed64(), in.varLong());
            case 12 -> readPiece(in);
            case 13 -> new Message.StartOver(in.varLong(), in.list(Wire::node));
            case 14 -> readStart(in);
            case 15 -> readOverruled(in);
            case 16 -> new Message.AskKnown(in.varLong(), in.list(MessageCodec::readSought));
            case 17 -> new Message.Known(in.varLong(), in.list(Wire::eventId), in.list(Wire::eventId));
            case 18 -> new Message.AskKnownOfMe(in.varLong(), Wire.participant(in));
            case 19 -> readKnownOfYou(in);
            case 20 -> new Message.SequenceReused(Wire.participant(in), Wire.participant(in), in.varLong());
            case 21 -> new Message.AskHeld(in.varLong(), Wire.participant(in), in.varLong(), VersionVector.read(in));
            case 22 -> readHeld(in);
            case 23 -> new Message.OutOfTouch(in.varLong(), Wire.participant(in));
            case 24 ->
                new Message.AskDifference(
                        Wire.participant(in), in.varLong(), in.list(WireInput::fixed64), in.list(WireInput::fixed64));
            case 25 -> readDifference(in);
            default -> throw new CodecException("no message is of kind " + kind);
        };
    }

    private static void writeDelta(WireOutput out, Message.Delta delta) {
        out.varLong(delta.epoch());
        Wire.participant(out, delta.from());
        out.list(delta.entries(), (o, entry) -> entry.write(o));
        delta.row().write(out);
        out.fixed64(delta.clock());
        out.signedVarLong(delta.wallMillis());
        out.flag(delta.asks());
        out.flag(delta.asksRows());
        out.list(delta.rows(), MessageCodec::writeRow);
        out.varLong(delta.hashPosition());
        out.fixed64(delta.hash());
    }

    private static Message readDelta(WireInput in) {
        return new Message.Delta(
                in.varLong(),
                Wire.participant(in),
                in.list(LogEntry::read),
                VersionVector.read(in),
                in.fixed64(),
                in.signedVarLong(),
                in.flag(),
                in.flag(),
                in.list(from -> new Message.Row(Wire.participant(from), VersionVector.read(from))),
                in.varLong(),
                in.fixed64());
    }

    private static void writeClockAhead(WireOutput out, Message.ClockAhead told) {
        Wire.participant(out, told.from());
        out.signedVarLong(told.wallMillis());
        out.varLong(told.boundMillis());
    }

    private static void writeRow(WireOutput out, Message.Row row) {
        Wire.participant(out, row.owner());
        row.held().write(out);
    }

    private static void writeDecisions(WireOutput out, Message.Decisions decisions) {
        out.varLong(decisions.epoch());
        out.list(decisions.decisions(), Decision::writeDecided);
    }

    static void writeOverruled(WireOutput out, Message.Overruled overruled) {
        out.varLong(overruled.epoch());
        out.list(overruled.participants(), Wire::participant);
        out.list(overruled.ends(), WireOutput::varLong);
    }

    static Message.Overruled readOverruled(WireInput in) {
        return new Message.Overruled(in.varLong(), in.list(Wire::participant), in.list(WireInput::varLong));
    }

    private static void writeAskKnown(WireOutput out, Message.AskKnown ask) {
        out.varLong(ask.epoch());
        out.list(ask.events(), MessageCodec::writeSought);
    }

    private static void writeSought(WireOutput out, Message.Sought sought) {
        Wire.eventId(out, sought.event());
        out.varLong(sought.sequence());
        Wire.request(out, sought.request());
        out.fixed64(sought.fingerprint());
    }

    private static Message.Sought readSought(WireInput in) {
        return new Message.Sought(Wire.eventId(in), in.varLong(), Wire.request(in), in.fixed64());
    }

    private static void writeKnown(WireOutput out, Message.Known known) {
        out.varLong(known.epoch());
        out.list(known.found(), Wire::eventId);
        out.list(known.unfound(), Wire::eventId);
    }

    private static void writeAskKnownOfMe(WireOutput out, Message.AskKnownOfMe ask) {
        out.varLong(ask.epoch());
        Wire.participant(out, ask.from());
    }

    private static void writeKnownOfYou(WireOutput out, Message.KnownOfYou known) {
        out.varLong(known.epoch());
        Wire.participant(out, known.from());
        Wire.participant(out, known.of());
        known.held().write(out);
        out.optional(known.promised(), Ballot::write);
    }

    private static Message readKnownOfYou(WireInput in) {
        return new Message.KnownOfYou(
                in.varLong(),
                Wire.participant(in),
                Wire.participant(in),
                VersionVector.read(in),
                in.optional(Ballot::read));
    }

    private static void writeSequenceReused(WireOutput out, Message.SequenceReused reused) {
        Wire.participant(out, reused.from());
        Wire.participant(out, reused.of());
        out.varLong(reused.sequence());
    }

    private static void writeAskHeld(WireOutput out, Message.AskHeld ask) {
        out.varLong(ask.epoch());
        Wire.participant(out, ask.from());
        out.varLong(ask.round());
        ask.row().write(out);
    }

    private static void writeHeld(WireOutput out, Message.Held held) {
        out.varLong(held.epoch());
        Wire.participant(out, held.from());
        out.varLong(held.round());
        held.all().write(out);
        held.durable().write(out);
        out.flag(held.counted());
        out.flag(held.leaversKnow());
    }

    private static Message readHeld(WireInput in) {
        return new Message.Held(
                in.varLong(),
                Wire.participant(in),
                in.varLong(),
                VersionVector.read(in),
                VersionVector.read(in),
                in.flag(),
                in.flag());
    }

    private static void writeOutOfTouch(WireOutput out, Message.OutOfTouch message) {
        out.varLong(message.epoch());
        Wire.participant(out, message.from());
    }

    private static void writeRemoved(WireOutput out, Message.Removed removed) {
        out.varLong(removed.epoch());
        out.list(removed.participants(), Wire::participant);
        out.list(removed.cuts(), Decision.Cut::write);
    }

    private static void writePrepare(WireOutput out, Message.Prepare prepare) {
        out.varLong(prepare.epoch());
        Ballot.write(out, prepare.ballot());
        out.list(prepare.removed(), Wire::participant);
        out.list(prepare.raises(), Raise::write);
    }

    private static void writePromise(WireOutput out, Message.Promise promise) {
        out.varLong(promise.epoch());
        Wire.participant(out, promise.from());
        Ballot.write(out, promise.ballot());
        out.signedVarLong(promise.wallMillis());
        out.fixed64(promise.clock());
        out.flag(promise.runsRaised());
        promise.vector().write(out);
        out.list(promise.outstanding(), (o, entry) -> entry.write(o));
        out.optional(promise.accepted(), Records::writeVote);
    }

    private static Message readPromise(WireInput in) {
        return new Message.Promise(
                in.varLong(),
                Wire.participant(in),
                Ballot.read(in),
                in.signedVarLong(),
                in.fixed64(),
                in.flag(),
                VersionVector.read(in),
                in.list(LogEntry::read),
                in.optional(Records::readVote));
    }

    private static void writeAccept(WireOutput out, Message.Accept accept) {
        out.varLong(accept.epoch());
        Records.writeVote(out, accept.vote());
    }

    private static void writeAccepted(WireOutput out, Message.Accepted accepted) {
        out.varLong(accepted.epoch());
        Wire.participant(out, accepted.from());
        Ballot.write(out, accepted.ballot());
    }

    private static void writeRefused(WireOutput out, Message.Refused refused) {
        out.varLong(refused.epoch());
        Ballot.write(out, refused.promised());
    }

    private static void writeAskPiece(WireOutput out, Message.AskPiece ask) {
        out.varLong(ask.attempt());
        out.fixed64(ask.session());
        out.varLong(ask.piece());
    }

    private static void writePiece(WireOutput out, Message.Piece piece) {
        out.varLong(piece.attempt());
        out.fixed64(piece.session());
        out.varLong(piece.piece());
        out.list(piece.states(), MessageCodec::writeCopied);
        Wire.bytes(out, piece.versions());
        out.flag(piece.caughtUp());
    }

    private static void writeCopied(WireOutput out, Message.CopiedState copied) {
        Wire.address(out, copied.address());
        out.optional(copied.bytes(), Wire::bytes);
    }

    private static Message.CopiedState readCopied(WireInput in) {
        return new Message.CopiedState(Wire.address(in), in.optional(Wire::bytes));
    }

    private static Message readPiece(WireInput in) {
        return new Message.Piece(
                in.varLong(), in.fixed64(), in.varLong(), in.list(MessageCodec::readCopied), Wire.bytes(in), in.flag());
    }

    private static void writeAskDifference(WireOutput out, Message.AskDifference ask) {
        Wire.participant(out, ask.from());
        out.varLong(ask.position());
        out.list(ask.folds(), WireOutput::fixed64);
        out.list(ask.states(), WireOutput::fixed64);
    }

    private static void writeDifference(WireOutput out, Message.Difference told) {
        Wire.participant(out, told.from());
        out.varLong(told.position());
        out.string(told.release());
        out.varLong(told.compared());
        out.optional(told.part(), MessageCodec::writePart);
    }

    private static Message readDifference(WireInput in) {
        return new Message.Difference(
                Wire.participant(in),
                in.varLong(),
                in.string(),
                Math.toIntExact(in.varLong()),
                in.optional(MessageCodec::readPart));
    }

    private static void writePart(WireOutput out, Message.Difference.Part part) {
        out.varLong(part.back());
        out.optional(part.event(), Wire::eventId);
        out.fixed64(part.outcome());
        out.fixed64(part.state());
        out.optional(part.now(), MessageCodec::writeCopied);
        out.varLong(part.later());
    }

    private static Message.Difference.Part readPart(WireInput in) {
        return new Message.Difference.Part(
                Math.toIntExact(in.varLong()),
                in.optional(Wire::eventId),
                in.fixed64(),
                in.fixed64(),
                in.optional(MessageCodec::readCopied),
                in.varLong());
    }

    private static void writeStartOver(WireOutput out, Message.StartOver startOver) {
        out.varLong(startOver.attempt());
        out.list(startOver.sources(), Wire::node);
    }

    private static void writeStart(WireOutput out, Message.Start start) {
        out.varLong(start.attempt());
        out.fixed64(start.session());
        out.varLong(start.epoch());
        out.list(start.participants(), Wire::participant);
        out.list(start.cuts(), Decision.Cut::write);
        out.fixed64(start.clock());
        out.list(start.outstanding(), (o, entry) -> entry.write(o));
        Wire.bytes(out, start.history());
        Wire.bytes(out, start.lineage());
        Wire.bytes(out, start.versions());
        out.optional(start.horizon(), Wire::eventId);
        out.list(start.runs(), Records::writeRun);
        out.list(start.singles(), Records::writeSingle);
        out.list(start.outputs(), new OutputWire.Writer()::write);
    }

    private static Message readStart(WireInput in) {
        return new Message.Start(
                in.varLong(),
                in.fixed64(),
                in.varLong(),
                in.list(Wire::participant),
                in.list(Decision.Cut::read),
                in.fixed64(),
                in.list(LogEntry::read),
                Wire.bytes(in),
                Wire.bytes(in),
                Wire.bytes(in),
                in.optional(Wire::eventId),
                in.list(Records::readRun),
                in.list(Records::readSingle),
                in.list(new OutputWire.Reader()::read));
    }
}
