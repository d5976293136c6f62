package io.legion.store.rocksdb.current;

import io.legion.store.rocksdb.engine.DiskRoom;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Tells a disk that is full from one after which the engine never goes on.
///
/// The engine goes on by itself once there is room, unless there was no room for the file of its next log, as
/// on a file system that has used up its inodes. Then it refuses all writes for good, with the same words.
/// Nothing but time tells the two apart.
final class FullDisk {
    /// The engine tries every 5 s.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private volatile boolean waiting;
    private long since;

    /// @param nanos a clock, as [System#nanoTime()]
    FullDisk(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// The disk was full again for a write.
    ///
    /// @return true if the engine could have gone on for so long that it never will
    synchronized boolean isForGood(DiskRoom room) {
        long now = nanos.getAsLong();
        if (!room.isEnough()) {
            waiting = false;
        } else if (!waiting) {
            waiting = true;
            since = now;
        }
        return waiting && now - since >= PATIENCE.toNanos();
    }

    /// There was room for a write.
    void over() {
        if (waiting) {
            waiting = false;
        }
    }
}
