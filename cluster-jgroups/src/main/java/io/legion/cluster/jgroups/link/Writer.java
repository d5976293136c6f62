package io.legion.cluster.jgroups.link;

import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.core.Bytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// Writes to one peer, with one thread at a time. If nothing is on its way, the caller of [#send] writes: the
/// socket's buffers hold the frame for sure. Else a thread of the pool writes, which may be stuck when the peer
/// does not read. That thread costs a little more for a lone frame, and several times less when frames follow
/// each other: it puts those that have gathered into one parcel.
///
/// The lock of its [Link] guards it; no thread holds the lock while it writes.
final class Writer {

    /// The largest frame that a caller writes itself. Socket buffers hold more.
    private static final int INLINE_BYTES = 32 * 1024;

    /// A thread of the pool begins to write again no sooner than this.
    private static final Duration GATHER = Duration.ofNanos(200_000);

    private final LinkContext context;
    private final Link link;
    private final LinkState state;
    private final Probing probing;
    private final ReentrantLock lock;
    private final ByteBuffer parcel = ByteBuffer.allocate(WireFormat.PARCEL_BYTES);

    /// When a thread of the pool last began to write, by the system's clock for intervals; only these read it.
    private long writtenNanos = System.nanoTime() - GATHER.toNanos();

    /// True if a thread writes, or is about to.
    private boolean writing;

    private boolean acknowledge;

    /// One write.
    private record Item(Address to, ByteBuffer bytes, boolean frames) {}

    Writer(LinkContext context, Link link, LinkState state, Probing probing, ReentrantLock lock) {
        this.context = context;
        this.link = link;
        this.state = state;
        this.probing = probing;
        this.lock = lock;
    }

    /// Takes a frame for sending; false if the writer drops it.
    boolean send(Bytes frame) {
        boolean inline;
        lock.lock();
        try {
            var open = state.open();
            if (open == null || !open.outgoing().take(frame, context.settings().windowBytes())) {
                return false;
            }
            if (writing) {
                return true;
            }
            writing = true;
            inline = open.outgoing().onTheWay() == 0 && frame.size() <= INLINE_BYTES;
        } finally {
            lock.unlock();
        }
        if (inline) {
            write(1);
        } else {
            writeSoon();
        }
        return true;
    }

    /// Tells the peer, with the next parcel, how much was processed.
    void acknowledge() {
        acknowledge = true;
    }

    /// Lets a thread of the pool write if there is something to write and no thread at it.
    void kick() {
        var open = state.open();
        boolean frames = open != null && open.outgoing().isWaiting();
        if (!writing && (probing.due() || acknowledge || frames)) {
            writing = true;
            writeSoon();
        }
    }

    private void writeSoon() {
        context.threads().execute(this::gatherAndWrite);
    }

    /// Where frames follow each other, a short wait makes fewer parcels of them: less work for both sides.
    private void gatherAndWrite() {
        long rest = writtenNanos + GATHER.toNanos() - System.nanoTime();
        if (rest > 0) {
            LockSupport.parkNanos(this, rest);
        }
        writtenNanos = System.nanoTime();
        write(Integer.MAX_VALUE);
    }

    /// Writes what there is, in at most this many items; the rest is for a thread of the pool.
    private void write(int most) {
        for (int items = 0; ; items++) {
            Item next;
            lock.lock();
            try {
                if (items >= most && hasParcel()) {
                    writeSoon();
                    return;
                }
                next = next();
                if (next == null) {
                    writing = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (!written(next)) {
                return;
            }
        }
    }

    private boolean hasParcel() {
        var open = state.open();
        return !probing.due() && open != null && (open.outgoing().isWaiting() || acknowledge);
    }

    private @Nullable Item next() {
        if (probing.due()) {
            return new Item(state.address(), probing.next(state.session()).toBytes(), false);
        }
        var open = state.open();
        boolean parcels = open != null && (open.outgoing().isWaiting() || acknowledge);
        acknowledge = false;
        if (open == null || !parcels) {
            return null;
        }
        open.pack(parcel);
        return new Item(state.address(), parcel.flip(), true);
    }

    private boolean written(Item item) {
        try {
            context.wire().send(item.to, item.bytes);
            return true;
        } catch (Exception failed) {
            lock.lock();
            try {
                writing = false;
                link.notWritten(item.to, item.frames, failed);
            } finally {
                lock.unlock();
            }
            return false;
        }
    }
}
