package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outputs of the latest requests of a shard, found by request, each with the use of the id that led to it
/// (R74).
///
/// The numbers of an output are in one ring; the key of its partition and its body, one after the other, are
/// bytes in another. Both grow to what the bounds allow.
final class LatestOutputs {
    /// The most bytes that keys and bodies take together; a power of two.
    private static final int MAX_BYTES = 256 * 1024;

    private static final int LEAST_BYTES = 256;

    // The places of one output's numbers.
    private static final int POSITION = RequestRing.OWN;
    private static final int TIME = POSITION + 1;
    private static final int NODE = TIME + 1;
    private static final int EPOCH = NODE + 1;
    private static final int FINGERPRINT = EPOCH + 1;

    /// The partition's type and the kind of the outcome.
    private static final int TYPE_AND_KIND = FINGERPRINT + 1;

    /// Where the bytes are, and how many are the key's.
    private static final int KEY = TYPE_AND_KIND + 1;

    private static final int BODY_LENGTH = KEY + 1;
    private static final int WIDTH = BODY_LENGTH + 1;

    private final int most;
    private final RequestRing ring;

    /// The ring of the bytes, in the same order: a power of two, the oldest one at `firstByte`.
    private byte[] content = new byte[0];

    private int firstByte;
    private int bytes;

    /// @param most how many there may be
    LatestOutputs(int most) {
        this.most = most;
        this.ring = new RequestRing(WIDTH, most);
    }

    /// Adds the output of a request that has just folded; the oldest ones go where the bounds ask for it.
    void add(long position, LogEntry entry, Result.Summary summary) {
        Bytes body = summary.body();
        if (makeRoom(entry.keySize() + body.size())) {
            int slot = ring.addLast(entry.client(), entry.number());
            describe(slot, position, entry.id(), entry.fingerprint(), entry.type(), summary.kind());
            append(slot, entry.keySize(), body.size());
            copyIn(entry.shared(), entry.keyFrom(), entry.keySize(), place(slot));
            copyIn(body.shared(), 0, body.size(), place(slot) + entry.keySize());
        }
    }

    /// Adds an output that was remembered before.
    void add(RequestMemory.Output output) {
        Bytes key = output.address().key().bytes();
        Bytes body = output.summary().body();
        if (makeRoom(key.size() + body.size())) {
            int slot = ring.addLast(output.request().client(), output.request().number());
            int type = output.address().type();
            describe(
                    slot,
                    output.position(),
                    output.event(),
                    output.fingerprint(),
                    type,
                    output.summary().kind());
            append(slot, key.size(), body.size());
            copyIn(key.shared(), 0, key.size(), place(slot));
            copyIn(body.shared(), 0, body.size(), place(slot) + key.size());
        }
    }

    private void describe(int slot, long position, EventId event, long fingerprint, int type, Result.Kind kind) {
        ring.set(slot, POSITION, position);
        ring.set(slot, TIME, event.time());
        ring.set(slot, NODE, event.origin().node().value());
        ring.set(slot, EPOCH, event.origin().epoch());
        ring.set(slot, FINGERPRINT, fingerprint);
        ring.set(slot, TYPE_AND_KIND, (long) type << Integer.SIZE | kind.code());
    }

    private void append(int slot, int keyLength, int bodyLength) {
        ring.set(slot, KEY, (long) (firstByte + bytes) << Integer.SIZE | keyLength);
        ring.set(slot, BODY_LENGTH, bodyLength);
        bytes += keyLength + bodyLength;
    }

    RequestMemory.@Nullable Output find(RequestId request) {
        int slot = ring.find(request.client(), request.number());
        return slot < 0 ? null : output(slot);
    }

    boolean contains(RequestId request) {
        return ring.find(request.client(), request.number()) >= 0;
    }

    /// True if the output of this request is there, and is that of another event.
    boolean isOfAnother(RequestId request, long fingerprint) {
        int slot = ring.find(request.client(), request.number());
        return slot >= 0 && ring.get(slot, FINGERPRINT) != fingerprint;
    }

    boolean isEmpty() {
        return ring.size() == 0;
    }

    /// The position of the oldest output; there must be one.
    long firstPosition() {
        return ring.get(ring.slot(0), POSITION);
    }

    /// All of them, the oldest first.
    List<RequestMemory.Output> all() {
        var all = new ArrayList<RequestMemory.Output>(ring.size());
        for (int i = 0; i < ring.size(); i++) {
            all.add(output(ring.slot(i)));
        }
        return all;
    }

    private RequestMemory.Output output(int slot) {
        var origin = new ParticipantId(new NodeId(ring.get(slot, NODE)), ring.get(slot, EPOCH));
        long typeAndKind = ring.get(slot, TYPE_AND_KIND);
        var key = new PartitionKey(copyOut(place(slot), keyLength(slot)));
        return new RequestMemory.Output(
                ring.get(slot, POSITION),
                new RequestId(ring.get(slot, RequestRing.CLIENT), ring.get(slot, RequestRing.NUMBER)),
                new EventId(ring.get(slot, TIME), origin),
                new PartitionAddress((int) (typeAndKind >>> Integer.SIZE), key),
                ring.get(slot, FINGERPRINT),
                new Result.Summary(
                        Result.Kind.of((int) typeAndKind), copyOut(place(slot) + keyLength(slot), bodyLength(slot))));
    }

    private int place(int slot) {
        return (int) (ring.get(slot, KEY) >>> Integer.SIZE);
    }

    private int keyLength(int slot) {
        return (int) ring.get(slot, KEY);
    }

    private int bodyLength(int slot) {
        return (int) ring.get(slot, BODY_LENGTH);
    }

    /// Makes room for one more output, of this many bytes; false if it is too large to be remembered.
    private boolean makeRoom(int length) {
        while (ring.size() > 0 && (ring.size() >= most || bytes + length > MAX_BYTES)) {
            removeFirst();
        }
        if (length <= MAX_BYTES && bytes + length > content.length) {
            grow(bytes + length);
        }
        return length <= MAX_BYTES;
    }

    private void removeFirst() {
        int slot = ring.slot(0);
        int length = keyLength(slot) + bodyLength(slot);
        firstByte = (firstByte + length) & (content.length - 1);
        bytes -= length;
        ring.removeFirst();
    }

    private void grow(int needed) {
        var larger = new byte[Math.max(LEAST_BYTES, Integer.highestOneBit(2 * needed - 1))];
        int at = 0;
        for (int i = 0; i < ring.size(); i++) {
            int slot = ring.slot(i);
            int length = keyLength(slot) + bodyLength(slot);
            System.arraycopy(copyOut(place(slot), length).shared(), 0, larger, at, length);
            ring.set(slot, KEY, (long) at << Integer.SIZE | keyLength(slot));
            at += length;
        }
        content = larger;
        firstByte = 0;
    }

    private void copyIn(byte[] from, int at, int length, int place) {
        int start = place & (content.length - 1);
        int toTheEnd = Math.min(length, content.length - start);
        System.arraycopy(from, at, content, start, toTheEnd);
        System.arraycopy(from, at + toTheEnd, content, 0, length - toTheEnd);
    }

    private Bytes copyOut(int place, int length) {
        var copy = new byte[length];
        int start = place & (content.length - 1);
        int toTheEnd = Math.min(length, content.length - start);
        System.arraycopy(content, start, copy, 0, toTheEnd);
        System.arraycopy(content, 0, copy, toTheEnd, length - toTheEnd);
        return Bytes.wrap(copy);
    }
}
