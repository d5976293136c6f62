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

    /// The bytes of the event and its key.
    private final int size;

    /// Null for a barrier, and while it is only in the bytes.
    private @Nullable Content content;

    /// Where it begins in the bytes; 0 for a barrier, or as long as these are not known.
    private int contentAt;

    /// The event as an object, once it has been read from its bytes; not part of the value.
    private @Nullable Event<?, ?> decoded;

    /// The entry as it is written, once it was; not part of the value.
    private @Nullable Bytes bytes;

    /// A replica has taken it in; not part of the value.
    private boolean taken;

    /// It has folded, or will not be in history.
    private boolean left;

    /// Where it was put while it is outstanding, once somebody asked what it leads to; not part of the value.
    private @Nullable Chain chain;

    /// What an entry that is not a barrier holds.
    ///
    /// @param birth the id under which the request was first accepted, kept through all its retries (R4)
    record Content(RequestId request, EventId birth, PartitionAddress address, Bytes payload) {
        /// True if the request was accepted before, under another id than this one.
        boolean isRetry(EventId id) {
            return !birth.equals(id);
        }
    }

    LogEntry(EventId id, long sequence, @Nullable Content content) {
        this.id = id;
        this.sequence = sequence;
        this.content = content;
        this.size = content == null
                ? 0
                : content.payload().size() + content.address().key().bytes().size();
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
    @Nullable
    Content content() {
        if (content == null && contentAt > 0) {
            byte[] all = bytes().shared();
            return readContent(new WireInput(all, contentAt, all.length - contentAt), id);
        }
        return content;
    }

    /// What it holds is read again from its bytes when it is asked for: one that nobody looks at before it folds is
    /// then a few small objects, not a dozen, and a collector has less to move.
    void keepBytesOnly() {
        if (contentAt > 0) {
            content = null;
        }
    }

    /// The bytes of the event and its key.
    int size() {
        return size;
    }

    @Nullable
    Event<?, ?> decoded() {
        return decoded;
    }

    void decoded(@Nullable Event<?, ?> event) {
        this.decoded = event;
    }

    @Nullable
    Chain chain() {
        return chain;
    }

    void chain(Chain place) {
        this.chain = place;
    }

    /// An entry for one replica alone: this one, or an equal one if another replica of this process has taken it.
    LogEntry ofItsOwn() {
        if (!taken) {
            return this;
        }
        var copy = new LogEntry(id, sequence, content());
        copy.contentAt = contentAt;
        copy.decoded = decoded;
        copy.bytes = bytes;
        return copy;
    }

    /// A replica takes it in.
    void take() {
        taken = true;
    }

    /// It has folded, or will not be in history.
    void leave() {
        left = true;
        chain = null;
    }

    boolean isOutstanding() {
        return taken && !left;
    }

    /// The entry as it is written: it goes to the store and to each other participant.
    Bytes bytes() {
        if (bytes == null) {
            bytes = Records.encode(this::encode);
        }
        return bytes;
    }

    void write(WireOutput out) {
        out.raw(bytes().shared());
    }

    private void encode(WireOutput out) {
        Wire.eventId(out, id);
        out.varLong(sequence);
        out.optional(content(), this::writeContent);
    }

    private void writeContent(WireOutput out, Content content) {
        Wire.request(out, content.request());
        // Mostly this entry is the first try, and its birth its own id.
        out.optional(content.birth().equals(id) ? null : content.birth(), Wire::eventId);
        Wire.address(out, content.address());
        Wire.bytes(out, content.payload());
    }

    static LogEntry read(WireInput in) {
        int begin = in.position();
        EventId id = Wire.eventId(in);
        long sequence = in.varLong();
        boolean isEvent = in.flag();
        int contentAt = in.position() - begin;
        var entry = new LogEntry(id, sequence, isEvent ? readContent(in, id) : null);
        entry.contentAt = isEvent ? contentAt : 0;
        entry.bytes = Bytes.wrap(in.since(begin));
        return entry;
    }

    private static Content readContent(WireInput in, EventId id) {
        RequestId request = Wire.request(in);
        EventId birth = in.optional(Wire::eventId);
        return new Content(request, birth == null ? id : birth, Wire.address(in), Wire.bytes(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEntry that
                && id.equals(that.id)
                && sequence == that.sequence
                && Objects.equals(content(), that.content());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        Content held = content();
        return id + "/" + sequence + (held == null ? " barrier" : " " + held.request());
    }
}
