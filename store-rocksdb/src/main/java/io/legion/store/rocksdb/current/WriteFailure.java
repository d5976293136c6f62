package io.legion.store.rocksdb.current;

import io.legion.service.ByteSize;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.engine.DiskRoom;
import io.legion.store.rocksdb.engine.Remedy;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// The last write that failed. After it nothing more is written until the store is opened anew: what the log
/// holds then is unknown, and only a new start can tell. A full disk is no such failure as long as the engine
/// may go on by itself, in a new log, once there is room.
public final class WriteFailure {
    private static final long MEBIBYTE = 1 << 20;

    private final FullDisk disk;
    private volatile @Nullable StoreException last;

    /// @param nanos a clock, as [System#nanoTime()]
    public WriteFailure(LongSupplier nanos) {
        disk = new FullDisk(nanos);
    }

    public boolean happened() {
        return last != null;
    }

    /// Lets pass while no write has failed.
    ///
    /// @throws StoreException if one has
    public void requireNone() {
        var earlier = last;
        if (earlier != null) {
            var message = "An earlier write failed, so nothing more is written: " + earlier.getMessage();
            throw earlier instanceof StoreException.Damaged
                    ? new StoreException.Damaged(message, earlier)
                    : new StoreException(message, earlier);
        }
    }

    public void note(StoreException failed) {
        last = failed;
    }

    /// A write has succeeded.
    public void wrote() {
        disk.over();
    }

    /// The engine could not write.
    ///
    /// @return the exception for the caller
    public StoreException causedBy(RocksDBException cause) {
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

    /// The engine had no room to write.
    ///
    /// @return the exception for the caller
    public StoreException full(RocksDBException cause, DiskRoom room) {
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
