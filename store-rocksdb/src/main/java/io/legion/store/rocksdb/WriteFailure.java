package io.legion.store.rocksdb;

import io.legion.spi.StoreException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// The last write that failed. After it nothing more is written until the store is opened anew: what the log
/// holds then is unknown, and only a new start can tell.
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
        var failed = new StoreException(
                "A write failed: " + cause.getMessage()
                        + ". Nothing more is written, what was acknowledged is still there. "
                        + "Look for a full or broken disk, make room or replace it, and start the node again.",
                cause);
        note(failed);
        return failed;
    }
}
