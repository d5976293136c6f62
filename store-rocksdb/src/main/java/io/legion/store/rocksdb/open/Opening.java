package io.legion.store.rocksdb.open;

import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.OwnThread;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.RocksDbStore;
import io.legion.store.rocksdb.current.OpenedFiles;
import io.legion.store.rocksdb.damage.Scrub;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.ExtentOnDisk;
import io.legion.store.rocksdb.engine.NativeLibrary;
import io.legion.store.rocksdb.engine.Remedy;
import io.legion.store.rocksdb.files.Boot;
import io.legion.store.rocksdb.files.Marker;
import io.legion.store.rocksdb.files.StoreDirectory;
import io.legion.store.rocksdb.files.StoreExtent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;

/// How a store is opened, or founded: takes the directory, reads the marker of the last time, reads the
/// engine's files and compares how far they go with how far they went, opens the engine, and only then notes
/// that the store is open. If a step fails, it gives back what it took. All this runs on a thread of its own: an
/// interrupt of the caller would close the file that holds the lock of the directory.
public record Opening(
        RocksDbStore.Config config,
        StoreDirectory directory,
        Logger logger,
        Monitor monitor,
        LongSupplier nanos,
        Runnable whenClosed) {

    /// See [RocksDbStore#open(RocksDbStore.Config, Logger, Monitor)].
    ///
    /// @param nanos a clock, as [System#nanoTime()]: how long a full disk is given to be one no more
    /// @param whenClosed runs when the store has closed; not if it could not be opened
    public static OpenStore open(
            RocksDbStore.Config config, Logger logger, Monitor monitor, LongSupplier nanos, Runnable whenClosed) {
        return OwnThread.call("legion-store-open", () -> {
            var directory = StoreDirectory.take(config.directory());
            return new Opening(config, directory, logger, monitor, nanos, whenClosed).taken();
        });
    }

    private OpenStore taken() {
        try {
            return open();
        } catch (Throwable refused) {
            directory.close();
            throw refused;
        }
    }

    private OpenStore open() {
        var before = directory.marker();
        return before.identity().isPresent() ? reopen(before) : found(before);
    }

    private OpenStore found(Marker before) {
        write(before);
        directory.removeEngine(directory.engine(before.files()));
        return opened(engine(true, before), before, before.opened(Boot.id(), ""), ", a new one");
    }

    private OpenStore reopen(Marker before) {
        try {
            return whole(before);
        } catch (StoreException.Damaged damaged) {
            if (!config.replaceDamaged()) {
                throw damaged;
            }
            logger.error(
                    damaged.getMessage() + " Since replaceDamaged is set, the store opens without its files. Once"
                            + " its node has joined its cluster as a new one, it has others, and the next start removes these.");
            return new OpenStore(this, before, before, null, damaged);
        }
    }

    private OpenStore whole(Marker before) {
        var boot = Boot.id();
        var found = ExtentOnDisk.of(directory.engine(before.files()), lastChange(before));
        before.closedAt().ifPresent(closed -> requireSame(closed, found));
        // Where weaker writes may be gone, the floor counts them too, and says nothing.
        var damage = before.clean() || !before.isIntact(boot) ? "" : missing(found);
        var marker = before.opened(boot, damage);
        if (!damage.isEmpty()) {
            // Before the floor of the last time is written over.
            write(marker);
            logger.error("The store " + config.directory() + " lost writes that were acknowledged: " + damage);
        }
        return opened(engine(false, before), before, marker, "");
    }

    private OpenStore opened(Engine engine, Marker before, Marker marker, String how) {
        try {
            // First what can fail: once there is a store, its meters look into the engine.
            var floor = directory.begin(extent(engine));
            try {
                write(marker);
                directory.removeOtherEngines(marker.files(), logger);
                var store = new OpenStore(this, before, marker, new OpenedFiles(engine, floor), null);
                logger.info("Opened the store " + config.directory() + how + ".");
                return store;
            } catch (Throwable failed) {
                floor.close();
                throw failed;
            }
        } catch (Throwable failed) {
            engine.close();
            throw failed;
        }
    }

    /// The scrub of the store that was opened.
    Scrub scrub(Scrub.Subject subject) {
        return new Scrub(config, directory.scrub(), subject, InstantSource.system(), logger, monitor).start();
    }

    private void write(Marker marker) {
        try {
            directory.write(marker);
        } catch (IOException failed) {
            throw new StoreException(
                    failed.getMessage() + ". The store was not opened; look for a full or broken disk and start again.",
                    failed);
        }
    }

    /// The number of the last change that the files hold.
    private long lastChange(Marker before) {
        NativeLibrary.load(directory.library());
        var path = directory.engine(before.files());
        try {
            return Engine.readOnce(config, path, before.clean(), logger);
        } catch (RocksDBException failed) {
            throw Remedy.unreadable(config.directory(), failed, path);
        }
    }

    private Engine engine(boolean create, Marker before) {
        NativeLibrary.load(directory.library());
        var path = directory.engine(before.files());
        try {
            return before.files().isDamaged()
                    ? Engine.openDamaged(config, path, before.clean())
                    : Engine.open(config, path, create, before.clean());
        } catch (RocksDBException failed) {
            throw Remedy.unusable(config.directory(), failed);
        }
    }

    private StoreExtent extent(Engine engine) {
        try {
            return engine.extent();
        } catch (RocksDBException failed) {
            throw Remedy.unusable(config.directory(), failed);
        }
    }

    /// A store that was closed holds exactly what it held then, if perhaps listed in another manifest: an
    /// opening that failed may have begun one.
    private void requireSame(StoreExtent closed, StoreExtent found) {
        if (found.sequence() != closed.sequence() || !found.reaches(closed)) {
            var message = "The store " + config.directory() + " cannot be opened: its files go to " + found
                    + ", and it was closed at " + closed
                    + ". A file was shortened, or another one is in its place. It was left as it is. Put the files back as"
                    + " they were; or " + Remedy.TEXT;
            throw new StoreException.Damaged(message, new IOException("files of another time"));
        }
    }

    /// A store that was left open holds no less than its floor. What is missing, as a sentence; empty if
    /// nothing.
    private String missing(StoreExtent found) {
        try {
            var floor = directory.floor();
            return found.reaches(floor)
                    ? ""
                    : "its files go to " + found + ", and they had reached " + floor
                            + " before the process stopped. A file was shortened, or another one is in its place.";
        } catch (IOException unreadable) {
            return "its files go to " + found + ", and nothing says how far they had come before the process stopped: "
                    + unreadable.getMessage() + ".";
        }
    }
}
