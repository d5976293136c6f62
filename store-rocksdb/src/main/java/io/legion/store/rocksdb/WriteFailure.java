package io.legion.store.rocksdb;

import io.legion.spi.StoreException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// The last write that failed. After it nothing more is written until the store is opened anew: what the log
/// holds then is unknown, and only a new start can tell. A full disk is no such failure: the engine goes on by
/// itself, in a new log, once there is room.
final class WriteFailure {

    private volatile @Nullable StoreException last;

    boolean happened() {
        return last != null;
    }

    /// @throws StoreException if a write has failed
    void requireNone() {
        var earlier = last;
        if (earlier != null) {
            throw new StoreException(
                    "An earlier write failed, so nothing more is written: " + earlier.getMessage(), earlier);
        }
    }

    void note(StoreException failed) {
        last = failed;
    }

    /// The engine could not write.
    ///
    /// @return the exception for the caller
    StoreException causedBy(RocksDBException cause) {
        if (isFull(cause)) {
            return new StoreException.Full(
                    "A write failed: " + cause.getMessage() + ". Nothing of it is there, and what was acknowledged is."
                            + " Make room on the disk; within some seconds the store takes writes again.",
                    cause);
        }
        var failed = new StoreException(
                "A write failed: " + cause.getMessage()
                        + ". Nothing more is written, what was acknowledged is still there. "
                        + "Look for a full or broken disk, make room or replace it, and start the node again.",
                cause);
        note(failed);
        return failed;
    }

    private static boolean isFull(RocksDBException cause) {
        var status = cause.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }
}
