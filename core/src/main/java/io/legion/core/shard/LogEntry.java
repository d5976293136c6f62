package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An event in a shard's log: its id, its origin's sequence number, its request, and the event itself as bytes.
///
/// A *barrier* is an entry without an event: it only marks a place in history, for FINAL reads.
final class LogEntry {
    private final EventId id;
    private final long sequence;
    private final @Nullable Content content;

    /// The event as an object, once it has been read from its bytes; not part of the value.
    private @Nullable Event<?, ?> decoded;

    /// What an entry that is not a barrier holds.
    ///
    /// @param birth the time at which the request was first accepted, through all its retries (R4)
    record Content(RequestId request, long birth, PartitionAddress address, Bytes payload) {}

    LogEntry(EventId id, long sequence, @Nullable Content content) {
        this.id = id;
        this.sequence = sequence;
        this.content = content;
    }

    EventId id() {
        return id;
    }

    ParticipantId origin() {
        return id.origin();
    }

    long sequence() {
        return sequence;
    }

    /// What the entry holds, or null for a barrier.
    @Nullable Content content() {
        return content;
    }

    @Nullable Event<?, ?> decoded() {
        return decoded;
    }

    void decoded(@Nullable Event<?, ?> event) {
        this.decoded = event;
    }

    void write(WireOutput out) {
        Wire.eventId(out, id);
        out.varLong(sequence);
        Wire.optional(out, content, LogEntry::writeContent);
    }

    private static void writeContent(WireOutput out, Content content) {
        Wire.request(out, content.request());
        out.fixed64(content.birth());
        Wire.address(out, content.address());
        Wire.bytes(out, content.payload());
    }

    static LogEntry read(WireInput in) {
        return new LogEntry(Wire.eventId(in), in.varLong(), Wire.optional(in, LogEntry::readContent));
    }

    private static Content readContent(WireInput in) {
        return new Content(Wire.request(in), in.fixed64(), Wire.address(in), Wire.bytes(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEntry that
                && id.equals(that.id)
                && sequence == that.sequence
                && Objects.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + "/" + sequence + (content == null ? " barrier" : " " + content.request());
    }
}
