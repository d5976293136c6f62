package io.legion.store.postgres.owner;

import io.legion.spi.StoreException;
import org.jspecify.annotations.Nullable;

/// What an open store died of, if it did. After a failed write it takes no more; once its data is another one's,
/// or is not what it was, it gives none either.
public final class StoreFault {

    private volatile @Nullable StoreException write;
    private volatile @Nullable StoreException read;

    public boolean happened() {
        return write != null;
    }

    /// Lets writes pass.
    ///
    /// @throws StoreException if a write has failed
    public void requireWritable() {
        rethrow(write, "An earlier write failed, so nothing more is written: ");
    }

    /// Lets reads pass.
    ///
    /// @throws StoreException if what the database holds is not this store's any more
    public void requireReadable() {
        rethrow(read, "");
    }

    private static void rethrow(@Nullable StoreException earlier, String words) {
        if (earlier != null) {
            var message = words + earlier.getMessage();
            throw earlier instanceof StoreException.Damaged
                    ? new StoreException.Damaged(message, earlier)
                    : new StoreException(message, earlier);
        }
    }

    /// Nothing more is written.
    StoreException unwritable(StoreException failed) {
        write = failed;
        return failed;
    }

    /// Nothing more is written or read.
    StoreException unusable(StoreException failed) {
        write = failed;
        read = failed;
        return failed;
    }
}
