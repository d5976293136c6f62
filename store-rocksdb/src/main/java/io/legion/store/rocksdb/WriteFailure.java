package io.legion.store.rocksdb;

import io.legion.service.ByteSize;
import io.legion.spi.StoreException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// The last write that failed. After it nothing more is written until the store is opened anew: what the log
/// holds then is unknown, and only a new start can tell. A full disk is no such failure as long as the engine
/// may go on by itself, in a new log, once there is room.
final class WriteFailure {
    private static final long MEBIBYTE = 1 << 20;

    private final FullDisk disk = new FullDisk(System::nanoTime);
    private volatile @Nullable StoreException last;

    boolean happened() {
        return last != null;
    }

    /// @throws StoreException if a write has failed
    void requireNone() {
        var earlier = last;
        if (earlier != null) {
            var message = "An earlier write failed, so nothing more is written: " + earlier.getMessage();
            throw earlier instanceof StoreException.Damaged
                    ? new StoreException.Damaged(message, earlier)
                    : new StoreException(message, earlier);
        }
    }

    void note(StoreException failed) {
        last = failed;
    }

    /// A write has succeeded.
    void wrote() {
        disk.over();
    }

    /// The engine could not write.
    ///
    /// @return the exception for the caller
    StoreException causedBy(RocksDBException cause) {
        var failed = Remedy.isDamage(cause) ? damaged(cause) : broken(cause);
        note(failed);
        return failed;
    }

    private static StoreException broken(RocksDBException cause) {
        return new StoreException(
                "A write failed: " + cause.getMessage()
                        + ". Nothing more is written, what was acknowledged is still there. Look for a broken disk, or a"
                        + " quota that is used up, mend that, and start the node again.",
                cause);
    }

    private static StoreException damaged(RocksDBException cause) {
        return new StoreException.Damaged(
                "A write failed since a file of the store is damaged: " + cause.getMessage()
                        + ". Nothing more is written. Look for a broken disk; then " + Remedy.TEXT,
                cause);
    }

    /// True if the engine had no room.
    static boolean isFull(RocksDBException cause) {
        var status = cause.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }

    /// The engine had no room to write.
    ///
    /// @return the exception for the caller
    StoreException full(RocksDBException cause, DiskRoom room) {
        var needed = new ByteSize(Math.ceilDiv(room.needed(), MEBIBYTE) * MEBIBYTE);
        if (!disk.isForGood(room)) {
            return new StoreException.Full(
                    "There was no room for a write: " + cause.getMessage()
                            + ". Nothing of it is there, and what was acknowledged is."
                            + " Make room on the disk: once " + needed
                            + " are free, the store takes writes again within some seconds.",
                    cause);
        }
        var failed = new StoreException(
                "The store takes no writes, though " + needed + " have been free on its disk for "
                        + FullDisk.PATIENCE.toSeconds() + " s, and will take none: " + cause.getMessage()
                        + ". What was acknowledged is still there. See that the disk has room, and its file system"
                        + " inodes, and start the node again.",
                cause);
        note(failed);
        return failed;
    }
}
