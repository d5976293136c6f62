package io.legion.store.rocksdb.current;

import io.legion.service.OwnThread;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.rocksdb.files.Boot;
import io.legion.store.rocksdb.files.EngineFiles;
import io.legion.store.rocksdb.files.Marker;
import io.legion.store.rocksdb.files.StoreDirectory;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The [Marker] of an open store: it says what the file says. Any number of threads may use it; a thread of the
/// store's own writes the file, since an interrupt of a caller's thread would end the write.
public final class CurrentMarker {

    private final StoreDirectory directory;
    private final WriteFailure failure;

    /// Guards the changes.
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Marker marker;

    public CurrentMarker(StoreDirectory directory, Marker marker, WriteFailure failure) {
        this.directory = directory;
        this.marker = marker;
        this.failure = failure;
    }

    public Marker now() {
        return marker;
    }

    /// Before the first write that is weaker than all before: notes that such a write may be lost.
    ///
    /// @throws StoreException if it cannot note that; then nothing more is written, unless the disk is full
    public void admit(Durability durability) {
        if (!durability.covers(marker.weakest())) {
            change(() -> durability.covers(marker.weakest()) ? marker : marker.weakened(durability));
        }
    }

    /// Notes whose store this is.
    ///
    /// @throws IllegalArgumentException if it belongs to another cluster; nothing was changed
    /// @throws StoreException if it cannot note that; then nothing more is written
    public void identify(StoreIdentity next) {
        change(() -> {
            StoreIdentity.requireSameCluster(marker.identity().orElse(null), next);
            return marker.identified(next);
        });
    }

    /// Notes what is damaged. If it cannot, the store goes on all the same: that is found again.
    ///
    /// @throws StoreException if it could not note that
    public void noteDamage(UnaryOperator<EngineFiles> found) {
        changing.lock();
        try {
            replaceBy(marker.withFiles(found.apply(marker.files())));
        } finally {
            changing.unlock();
        }
    }

    /// Puts another engine in place, for another node. From then on the marker says how that one was opened. To be
    /// called on a thread of the store's own, as it reads the boot.
    ///
    /// @throws StoreException if it cannot note that: then the old one is in place
    void replaceEngine(EngineFiles files, StoreIdentity next) {
        change(() -> marker.replaced(Boot.id(), files, next));
    }

    private void change(Supplier<Marker> change) {
        changing.lock();
        try {
            replaceBy(change.get());
        } catch (StoreException.Full full) {
            // It says what it said before.
            throw full;
        } catch (StoreException failed) {
            failure.note(failed);
            throw failed;
        } finally {
            changing.unlock();
        }
    }

    private void replaceBy(Marker next) {
        OwnThread.call("legion-store-marker", () -> {
            replace(next);
            return next;
        });
        marker = next;
    }

    private void replace(Marker next) {
        try {
            directory.write(next);
        } catch (IOException failed) {
            throw directory.isFull()
                    ? new StoreException.Full(
                            failed.getMessage() + ". It is as it was. Make room on the disk: once "
                                    + StoreDirectory.MARKER_ROOM + " are free, the store takes writes again.",
                            failed)
                    : new StoreException(
                            failed.getMessage() + ". The store takes no more writes. Look for a broken disk, or a file"
                                    + " system without inodes, and start the node again.",
                            failed);
        }
    }
}
