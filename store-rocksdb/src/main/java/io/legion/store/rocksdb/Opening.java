package io.legion.store.rocksdb;

import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.OwnThread;
import io.legion.spi.StoreException;
import org.rocksdb.RocksDBException;

/// How a store is opened, or founded: takes the directory, reads the marker of the last time, opens the engine,
/// and only then notes that the store is open. If a step fails, it gives back what it took. All this runs on a
/// thread of its own: an interrupt of the caller would close the file that holds the lock of the directory.
final class Opening {

    private Opening() {}

    /// See [RocksDbStore#open(RocksDbStore.Config, Logger, Monitor)].
    ///
    /// @param whenClosed runs when the store has closed; not if it could not be opened
    static RocksDbStore open(RocksDbStore.Config config, Logger logger, Monitor monitor, Runnable whenClosed) {
        return OwnThread.call("legion-store-open", () -> taken(config, logger, monitor, whenClosed));
    }

    private static RocksDbStore taken(RocksDbStore.Config config, Logger logger, Monitor monitor, Runnable whenClosed) {
        var directory = StoreDirectory.take(config.directory());
        try {
            return open(config, directory, logger, monitor, whenClosed);
        } catch (Throwable refused) {
            directory.close();
            throw refused;
        }
    }

    private static RocksDbStore open(
            RocksDbStore.Config config, StoreDirectory directory, Logger logger, Monitor monitor, Runnable whenClosed) {
        var before = directory.marker();
        boolean found = before.identity().isPresent();
        if (!found) {
            directory.write(before);
            directory.removeEngine();
        }
        var engine = engine(config, directory, before, logger);
        try {
            // First what can fail: once there is a store, its meters look into the engine.
            var marker = before.opened(Boot.id());
            directory.write(marker);
            var store = new RocksDbStore(directory, engine, before.clean(), marker, logger, monitor, whenClosed);
            logger.info("Opened the store " + config.directory() + (found ? "." : ", a new one."));
            return store;
        } catch (Throwable failed) {
            engine.close();
            throw failed;
        }
    }

    private static Engine engine(RocksDbStore.Config config, StoreDirectory directory, Marker before, Logger logger) {
        boolean create = before.identity().isEmpty();
        try {
            return Engine.open(config, directory.engine(), create, before.clean(), logger);
        } catch (RocksDBException damaged) {
            throw new StoreException(
                    "The store " + config.directory() + " can not be opened: " + damaged.getMessage()
                            + ". It was left as it is. If the disk or the permissions are the cause, mend that and start again. "
                            + "If files are damaged or missing: move the directory away and let the node start as a new one, "
                            + "which copies its shards from the others; or restore a copy.",
                    damaged);
        }
    }
}
