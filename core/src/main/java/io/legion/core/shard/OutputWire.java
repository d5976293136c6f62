package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import org.jspecify.annotations.Nullable;

/// Outputs as bytes, in the order of history. Most have the client and the origin of the one before, which are
/// written once; the key and the fingerprint take the place that this saves.
final class OutputWire {
    private static final int KIND = 0x0f;
    private static final int SAME_CLIENT = 0x10;
    private static final int SAME_ORIGIN = 0x20;

    private OutputWire() {}

    /// Writes a list, one output after the other.
    static final class Writer {
        private long position;
        private long client;

        /// Of the output before; null at the beginning of a list.
        private @Nullable ParticipantId origin;

        /// The next output is the first one of another list.
        void startOver() {
            position = 0;
            origin = null;
        }

        void write(WireOutput out, RequestMemory.Output output) {
            PartitionAddress address = output.address();
            Bytes key = address.key().bytes();
            begin(
                    out,
                    output.position(),
                    output.request(),
                    output.event(),
                    output.summary().kind());
            end(out, output.fingerprint(), address.type(), key.shared(), 0, key.size(), output.summary());
        }

        /// Writes the output of an event that has just folded.
        void write(WireOutput out, long at, LogEntry entry, Result.Summary summary) {
            begin(out, at, entry.request(), entry.id(), summary.kind());
            end(out, entry.fingerprint(), entry.type(), entry.shared(), entry.keyFrom(), entry.keySize(), summary);
        }

        private void begin(WireOutput out, long at, RequestId request, EventId event, Result.Kind kind) {
            boolean sameClient = origin != null && request.client() == client;
            boolean sameOrigin = event.origin().equals(origin);
            out.writeByte(kind.code() | (sameClient ? SAME_CLIENT : 0) | (sameOrigin ? SAME_ORIGIN : 0));
            out.varLong(at - position);
            if (!sameClient) {
                out.fixed64(request.client());
            }
            out.signedVarLong(request.number());
            out.fixed64(event.time());
            if (!sameOrigin) {
                Wire.participant(out, event.origin());
            }
            position = at;
            client = request.client();
            origin = event.origin();
        }

        private static void end(
                WireOutput out, long fingerprint, int type, byte[] key, int from, int length, Result.Summary summary) {
            out.fixed64(fingerprint);
            out.fixed32(type);
            out.varLong(length);
            out.raw(key, from, length);
            Wire.bytes(out, summary.body());
        }
    }

    /// Reads a list, one output after the other.
    static final class Reader {
        private RequestMemory.@Nullable Output before;

        RequestMemory.Output read(WireInput in) {
            byte flags = in.readByte();
            long position = (before == null ? 0 : before.position()) + in.varLong();
            long client = before != null && (flags & SAME_CLIENT) != 0
                    ? before.request().client()
                    : in.fixed64();
            var request = new RequestId(client, in.signedVarLong());
            long time = in.fixed64();
            ParticipantId origin = before != null && (flags & SAME_ORIGIN) != 0
                    ? before.event().origin()
                    : Wire.participant(in);
            long fingerprint = in.fixed64();
            PartitionAddress address = Wire.address(in);
            var summary = new Result.Summary(Result.Kind.of(flags & KIND), Wire.bytes(in));
            before = new RequestMemory.Output(
                    position, request, new EventId(time, origin), address, fingerprint, summary);
            return before;
        }
    }
}
