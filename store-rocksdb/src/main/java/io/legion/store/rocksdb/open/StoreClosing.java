package io.legion.store.rocksdb.open;

import io.legion.service.Logger;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.current.CurrentEngine;
import io.legion.store.rocksdb.current.CurrentMarker;
import io.legion.store.rocksdb.current.WriteFailure;
import io.legion.store.rocksdb.damage.Scrub;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.ExtentOnDisk;
import io.legion.store.rocksdb.files.StoreDirectory;
import io.legion.store.rocksdb.files.StoreExtent;
import java.io.IOException;
import org.rocksdb.RocksDBException;

/// How an open store is closed, once no call is under way: all that is in memory goes to the disk, and then the
/// marker says that the store stopped cleanly.
final class StoreClosing {
    private final StoreDirectory directory;
    private final CurrentMarker marker;
    private final WriteFailure failure;
    private final CurrentEngine engines;
    private final StoreMeters meters;
    private final Scrub scrub;
    private final Logger logger;
    private final Runnable whenClosed;

    StoreClosing(
            Opening opening,
            CurrentMarker marker,
            WriteFailure failure,
            CurrentEngine engines,
            StoreMeters meters,
            Scrub scrub) {
        this.directory = opening.directory();
        this.marker = marker;
        this.failure = failure;
        this.engines = engines;
        this.meters = meters;
        this.scrub = scrub;
        this.logger = opening.logger();
        this.whenClosed = opening.whenClosed();
    }

    void run() {
        try (directory) {
            scrub.close();
            meters.close();
            engines.closeFloor();
            var engine = engines.last();
            if (engine != null) {
                shut(engine);
            }
        } finally {
            whenClosed.run();
        }
    }

    private void shut(Engine engine) {
        boolean written = flushed(engine);
        long sequence = engine.sequence();
        engine.close();
        if (written) {
            markClosed(ExtentOnDisk.of(directory.engine(marker.now().files()), sequence));
            logger.info("Closed the store.");
        }
    }

    private boolean flushed(Engine engine) {
        if (failure.happened()) {
            logger.warning("The store is closed after a failed write, so without the mark of a clean stop.");
            return false;
        }
        try {
            engine.flush();
            return true;
        } catch (RocksDBException failed) {
            logger.error(
                    "The store is closed without the mark of a clean stop, as its last writes cannot be moved from its"
                            + " log to its tables: " + failed.getMessage()
                            + ". The next start reads them from the log, but for those of the durability memory. Look for"
                            + " a full or broken disk before it.",
                    failed);
            return false;
        }
    }

    private void markClosed(StoreExtent at) {
        try {
            directory.write(marker.now().closed(at));
        } catch (IOException failed) {
            throw new StoreException(
                    failed.getMessage() + ". The store is closed, without the mark of a clean stop; everything that it"
                            + " acknowledged is on the disk. Look for a full or broken disk before the next start.",
                    failed);
        }
    }
}
