package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Fingerprint;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An event in a shard's log: its id, its origin's sequence number, its request, and the event itself as bytes.
///
/// A *barrier* is an entry without an event: it only marks a place in history, for FINAL reads. Callers never
/// ask it for a request, a partition or an event.
///
/// An entry is its bytes and the places of the parts in them; it makes objects of the parts on request. A
/// replica that only follows hardly asks, so a collector has little to move for an outstanding event.
final class LogEntry {
    private final EventId id;
    private final long sequence;
    private final boolean isBarrier;
    private final long client;
    private final long number;
    private final EventId birth;
    private final int type;

    // The places of the key, and of the event, which goes on to the end.
    private final int keyFrom;
    private final int keyTo;
    private final int eventFrom;

    private final int addressHash;

    /// The entry as the store and each other participant gets it.
    private final byte[] bytes;

    /// The event as an object, once it has been read from its bytes; not part of the value.
    private @Nullable Event<?, ?> decoded;

    /// True once a replica has taken it; not part of the value.
    private boolean taken;

    /// It has folded, or will not be in history.
    private boolean left;

    /// Its chain while it is outstanding, once a caller asked for its outcome; not part of the value.
    private @Nullable Chain chain;

    private LogEntry(WireInput in) {
        int begin = in.position();
        id = Wire.eventId(in);
        sequence = in.varLong();
        isBarrier = !in.flag();
        client = isBarrier ? 0 : in.fixed64();
        number = isBarrier ? 0 : in.signedVarLong();
        EventId other = isBarrier ? null : in.optional(Wire::eventId);
        birth = other == null ? id : other;
        type = isBarrier ? 0 : in.fixed32();
        int keyLength = isBarrier ? 0 : requireKey(in.skipBytes());
        keyTo = in.position() - begin;
        keyFrom = keyTo - keyLength;
        int eventLength = isBarrier ? 0 : in.skipBytes();
        bytes = in.since(begin);
        eventFrom = bytes.length - eventLength;
        addressHash = PartitionAddress.hash(type, bytes, keyFrom, keyTo);
    }

    private static int requireKey(int length) {
        if (length == 0 || length > PartitionKey.MAX_BYTES) {
            throw new CodecException("a partition key of " + length + " bytes");
        }
        return length;
    }

    static LogEntry read(WireInput in) {
        return new LogEntry(in);
    }

    static LogEntry barrier(EventId id, long sequence) {
        return written(out -> {
            begin(out, id, sequence);
            out.flag(false);
        });
    }

    /// An entry with an event.
    ///
    /// @param birth the id under which the request was first accepted (R4)
    static LogEntry event(
            EventId id, long sequence, RequestId request, EventId birth, PartitionAddress address, Bytes event) {
        return written(out -> {
            begin(out, id, sequence);
            out.flag(true);
            Wire.request(out, request);
            // Mostly the entry is a first try, and its birth is its own id.
            out.optional(birth.equals(id) ? null : birth, Wire::eventId);
            Wire.address(out, address);
            Wire.bytes(out, event);
        });
    }

    private static LogEntry written(Consumer<WireOutput> write) {
        var out = new WireOutput();
        write.accept(out);
        return new LogEntry(new WireInput(out.buffer(), 0, out.size()));
    }

    private static void begin(WireOutput out, EventId id, long sequence) {
        Wire.eventId(out, id);
        out.varLong(sequence);
    }

    /// R50: the request that carried it, under its id and birth, to be submitted again.
    Request resubmitted() {
        return new Request(request(), birth(), address(), payload(), null, Consistency.DURABLE);
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

    boolean isBarrier() {
        return isBarrier;
    }

    RequestId request() {
        return new RequestId(client, number);
    }

    /// The client of [#request].
    long client() {
        return client;
    }

    /// The number of [#request].
    long number() {
        return number;
    }

    /// R74: the fingerprint of the use of the request id: of type, key and the event's bytes.
    long fingerprint() {
        return Fingerprint.of(Fingerprint.of(type, bytes, keyFrom, keyTo), bytes, eventFrom, bytes.length);
    }

    /// R4: the id under which the request was first accepted, kept through all its retries.
    EventId birth() {
        return birth;
    }

    /// True if the request was accepted before, under another id than this one.
    boolean isRetry() {
        return !birth.equals(id);
    }

    /// The number of the partition's type.
    int type() {
        return type;
    }

    /// The hash of [#address].
    int addressHash() {
        return addressHash;
    }

    boolean isOf(byte[] key) {
        return Arrays.equals(bytes, keyFrom, keyTo, key, 0, key.length);
    }

    PartitionAddress address() {
        return new PartitionAddress(type, new PartitionKey(Bytes.copyOf(bytes, keyFrom, keyTo)));
    }

    /// The array that has the key, for reading only.
    byte[] shared() {
        return bytes;
    }

    /// Where the key begins in [#shared].
    int keyFrom() {
        return keyFrom;
    }

    /// How many bytes the key has.
    int keySize() {
        return keyTo - keyFrom;
    }

    /// The event's bytes.
    Bytes payload() {
        return Bytes.wrap(Arrays.copyOfRange(bytes, eventFrom, bytes.length));
    }

    /// How many bytes the event and its key take.
    int size() {
        return keyTo - keyFrom + bytes.length - eventFrom;
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

    /// An entry for one replica alone: this one, or an equal one if another replica in the process took it.
    LogEntry ofItsOwn() {
        if (!taken) {
            return this;
        }
        var equal = new LogEntry(new WireInput(bytes));
        equal.decoded = decoded;
        return equal;
    }

    /// A replica takes it.
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

    /// The entry's bytes.
    Bytes bytes() {
        return Bytes.wrap(bytes);
    }

    void write(WireOutput out) {
        out.raw(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEntry that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + "/" + sequence + (isBarrier ? " barrier" : " " + request());
    }
}
