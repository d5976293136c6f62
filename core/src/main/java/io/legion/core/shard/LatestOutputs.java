package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.primitive.Murmur;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outputs of the latest requests of a shard, found by request.
///
/// Every event adds one, which is forgotten after some thousand others. As objects they would all grow old
/// before they die, which costs a garbage collector most. So they are numbers in one ring and bytes in another;
/// both grow to what the bounds allow.
///
/// Only a retried request searches for its output. So there is a table to find outputs (open addressing; Knuth,
/// *The Art of Computer Programming*, volume 3, 6.4, algorithms L and R) only from the first search on, until
/// as many outputs have come without a search as are remembered.
final class LatestOutputs {
    /// The most bytes that the outputs' bodies take together; a power of two.
    private static final int MAX_BYTES = 256 * 1024;

    // The places of one output's numbers.
    private static final int POSITION = 0;
    private static final int CLIENT = 1;
    private static final int NUMBER = 2;
    private static final int TIME = 3;
    private static final int NODE = 4;
    private static final int EPOCH = 5;
    private static final int KIND = 6;
    private static final int LENGTH = 7;
    private static final int WIDTH = 8;

    private static final int[] NO_TABLE = new int[0];

    private final int most;

    /// The ring of numbers: a power of two of outputs, the oldest one at `first`.
    private long[] numbers = new long[0];

    private int first;
    private int size;

    /// For each place 0, or the slot of an output plus one; at most half full. Empty while nothing searches.
    private int[] table = NO_TABLE;

    /// How many outputs have come since the last search.
    private int unsearched;

    /// The ring of the bodies, in the same order: a power of two, the oldest one at `firstByte`.
    private byte[] bodies = new byte[0];

    private int firstByte;
    private int bytes;

    /// @param most how many there may be
    LatestOutputs(int most) {
        this.most = most;
    }

    /// Adds the output of one more request; the oldest ones go where the bounds ask for it.
    void add(long position, RequestId request, EventId event, Result.Summary summary) {
        int length = summary.body().size();
        while (size > 0 && (size >= most || bytes + length > MAX_BYTES)) {
            removeFirst();
        }
        if (size < most && length <= MAX_BYTES) {
            reserve(length);
            append(position, request, event, summary);
        }
    }

    private void append(long position, RequestId request, EventId event, Result.Summary summary) {
        int slot = slot(size++);
        int at = slot * WIDTH;
        numbers[at + POSITION] = position;
        numbers[at + CLIENT] = request.client();
        numbers[at + NUMBER] = request.number();
        numbers[at + TIME] = event.time();
        numbers[at + NODE] = event.origin().node().value();
        numbers[at + EPOCH] = event.origin().epoch();
        numbers[at + KIND] = summary.kind().code();
        append(at, summary.body());
        if (table.length > 0 && ++unsearched > most) {
            table = NO_TABLE;
        }
        if (table.length > 0) {
            enter(slot);
        }
    }

    private void append(int at, Bytes body) {
        numbers[at + LENGTH] = ((long) (firstByte + bytes) << 32) | body.size();
        copyIn(body.shared(), firstByte + bytes);
        bytes += body.size();
    }

    RequestMemory.@Nullable Output find(RequestId request) {
        int slot = slotOf(request.client(), request.number());
        return slot < 0 ? null : output(slot);
    }

    boolean contains(RequestId request) {
        return slotOf(request.client(), request.number()) >= 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The position of the oldest output; there must be one.
    long firstPosition() {
        return numbers[first * WIDTH + POSITION];
    }

    /// All of them, the oldest first.
    List<RequestMemory.Output> all() {
        var all = new ArrayList<RequestMemory.Output>(size);
        for (int i = 0; i < size; i++) {
            all.add(output(slot(i)));
        }
        return all;
    }

    private int slot(int index) {
        return (first + index) & (numbers.length / WIDTH - 1);
    }

    private RequestMemory.Output output(int slot) {
        int at = slot * WIDTH;
        var origin = new ParticipantId(new NodeId(numbers[at + NODE]), numbers[at + EPOCH]);
        var kind = Result.Kind.of((int) numbers[at + KIND]);
        return new RequestMemory.Output(
                numbers[at + POSITION],
                new RequestId(numbers[at + CLIENT], numbers[at + NUMBER]),
                new EventId(numbers[at + TIME], origin),
                new Result.Summary(kind, Bytes.wrap(copyOut(numbers[at + LENGTH]))));
    }

    private void removeFirst() {
        if (table.length > 0) {
            leave(first);
        }
        int length = (int) numbers[first * WIDTH + LENGTH];
        firstByte = (firstByte + length) & (bodies.length - 1);
        bytes -= length;
        first = slot(1);
        size--;
    }

    /// Makes room for one more output, of this many bytes.
    private void reserve(int length) {
        int slots = numbers.length / WIDTH;
        if (size < slots && bytes + length <= bodies.length) {
            return;
        }
        List<RequestMemory.Output> all = all();
        if (size == slots) {
            numbers = new long[Math.max(16, slots * 2) * WIDTH];
        }
        if (bytes + length > bodies.length) {
            bodies = new byte[Math.max(256, Integer.highestOneBit(2 * (bytes + length) - 1))];
        }
        table = NO_TABLE;
        first = 0;
        size = 0;
        firstByte = 0;
        bytes = 0;
        all.forEach(output -> append(output.position(), output.request(), output.event(), output.summary()));
    }

    private void copyIn(byte[] body, int from) {
        int start = from & (bodies.length - 1);
        int toTheEnd = Math.min(body.length, bodies.length - start);
        System.arraycopy(body, 0, bodies, start, toTheEnd);
        System.arraycopy(body, toTheEnd, bodies, 0, body.length - toTheEnd);
    }

    private byte[] copyOut(long place) {
        var body = new byte[(int) place];
        int start = (int) (place >>> 32) & (bodies.length - 1);
        int toTheEnd = Math.min(body.length, bodies.length - start);
        System.arraycopy(bodies, start, body, 0, toTheEnd);
        System.arraycopy(bodies, 0, body, toTheEnd, body.length - toTheEnd);
        return body;
    }

    // ------------------------------------------------------------- the table

    private void enter(int slot) {
        int place = home(slot);
        while (table[place] != 0) {
            place = next(place);
        }
        table[place] = slot + 1;
    }

    private int slotOf(long client, long number) {
        if (size == 0) {
            return -1;
        }
        unsearched = 0;
        if (table.length == 0) {
            table = new int[numbers.length / WIDTH * 2];
            for (int i = 0; i < size; i++) {
                enter(slot(i));
            }
        }
        for (int place = home(client, number); table[place] != 0; place = next(place)) {
            int at = (table[place] - 1) * WIDTH;
            if (numbers[at + CLIENT] == client && numbers[at + NUMBER] == number) {
                return table[place] - 1;
            }
        }
        return -1;
    }

    /// Removes a slot, and moves up later ones that would no longer be found.
    private void leave(int slot) {
        int hole = home(slot);
        while (table[hole] != slot + 1) {
            hole = next(hole);
        }
        for (int place = next(hole); table[place] != 0; place = next(place)) {
            int home = home(table[place] - 1);
            if (((place - home) & (table.length - 1)) >= ((place - hole) & (table.length - 1))) {
                table[hole] = table[place];
                hole = place;
            }
        }
        table[hole] = 0;
    }

    private int home(int slot) {
        return home(numbers[slot * WIDTH + CLIENT], numbers[slot * WIDTH + NUMBER]);
    }

    private int home(long client, long number) {
        return (int) Murmur.mix(client * 31 + number) & (table.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (table.length - 1);
    }
}
