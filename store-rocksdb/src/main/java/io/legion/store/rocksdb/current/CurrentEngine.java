package io.legion.store.rocksdb.current;

import io.legion.service.CallGate;
import io.legion.service.Logger;
import io.legion.service.OwnThread;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.rocksdb.RocksDbStore;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.Remedy;
import io.legion.store.rocksdb.files.StoreDirectory;
import io.legion.store.rocksdb.files.StoreExtent;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// The [Engine] of an open store. It changes only while no call is under way: it is opened again after it
/// stopped at a damaged table, and another one takes its place when the node of a damaged store becomes a new
/// one.
public final class CurrentEngine {
    private final RocksDbStore.Config config;
    private final StoreDirectory directory;
    private final CurrentMarker marker;
    private final CallGate gate;
    private final Logger logger;

    private volatile @Nullable Engine engine;
    private volatile @Nullable FloorKeeper floor;

    /// Why there is no engine.
    private volatile StoreException.@Nullable Damaged unusable;

    /// @param opened the engine and the floor; null if the engine cannot be opened
    /// @param unusable why it cannot be opened; null if it is open
    public CurrentEngine(
            RocksDbStore.Config config,
            StoreDirectory directory,
            CurrentMarker marker,
            CallGate gate,
            Logger logger,
            @Nullable OpenedFiles opened,
            StoreException.@Nullable Damaged unusable) {
        this.config = config;
        this.directory = directory;
        this.marker = marker;
        this.gate = gate;
        this.logger = logger;
        this.unusable = unusable;
        if (opened != null) {
            engine = opened.engine();
            floor = new FloorKeeper(opened.floor(), this::reached, logger);
        }
    }

    /// The engine, for a call that is within the gate.
    ///
    /// @throws StoreException.Damaged if there is none
    public Engine now() {
        var present = engine;
        if (present == null) {
            throw new StoreException.Damaged(String.valueOf(unusable().getMessage()), unusable());
        }
        return present;
    }

    /// The same for a call that has just entered the gate, and leaves it if there is none.
    public Engine entered() {
        try {
            return now();
        } catch (StoreException none) {
            gate.leave();
            throw none;
        }
    }

    private StoreException.Damaged unusable() {
        var why = unusable;
        return why == null ? new StoreException.Damaged("The store has no engine.", new IllegalStateException()) : why;
    }

    /// Why it cannot be opened; empty if it is open.
    public Optional<String> why() {
        return Optional.ofNullable(unusable).map(Throwable::getMessage);
    }

    /// Whether an engine that has stopped at a damaged table can be opened again: once, outside of calls of a
    /// visitor, and not if that would lose what is in memory only.
    public boolean mayReopen(Engine stopped) {
        return stopped.hasMerged() && !gate.isNested() && marker.now().weakest().covers(Durability.HANDED_OVER);
    }

    /// Opens the engine again that has stopped, as a merge met a damaged table. Everything that is at least
    /// handed over is in its files, so the store goes on with all that it had.
    public void reopen(Engine stopped, RocksDBException why) {
        gate.alone(() -> {
            if (engine == stopped) {
                openAgain(stopped, why);
            }
        });
    }

    private void openAgain(Engine stopped, RocksDBException why) {
        long reached = stopped.sequence();
        engine = null;
        stopped.close();
        try {
            var again = Engine.openDamaged(config, stopped.path(), false);
            if (again.sequence() < reached) {
                again.close();
                throw new RocksDBException(
                        "its files go to change " + again.sequence() + ", and it had reached change " + reached);
            }
            engine = again;
            logger.warning("The engine of the store stopped at a damaged table, and was opened again; it merges no"
                    + " tables now: " + why.getMessage());
        } catch (RocksDBException failed) {
            unusable = new StoreException.Damaged(
                    "The engine of the store stopped at a damaged table, and cannot be opened again: "
                            + failed.getMessage() + ". Look at the disk. Then " + Remedy.TEXT,
                    failed);
        }
    }

    /// Puts an empty engine in place of the damaged one, for a new node. Either the old one with the old node, or
    /// the new one with the new node is there, whatever happens meanwhile. The old one's files stay: the next
    /// start that opens the new one removes them.
    ///
    /// @throws IllegalStateException if the store was closed meanwhile; nothing was changed
    public void replace(StoreIdentity next) {
        boolean open = gate.alone(() -> OwnThread.call("legion-store-replace", () -> {
            replaceOrThrow(next);
            return next;
        }));
        if (!open) {
            gate.requireOpen();
        }
    }

    private void replaceOrThrow(StoreIdentity next) {
        try {
            replaceAlone(next);
        } catch (RocksDBException | IOException failed) {
            throw new StoreException(
                    "The damaged store could not be replaced: " + failed.getMessage()
                            + ". It was left as it is. Look for a full or broken disk and start the node again.",
                    failed);
        }
    }

    private void replaceAlone(StoreIdentity next) throws RocksDBException, IOException {
        var old = engine;
        var files = marker.now().files().next();
        var path = directory.engine(files);
        directory.removeEngine(path);
        var fresh = Engine.open(config, path, true, true);
        try {
            // First the floor: one that is too low is no harm to the old engine.
            restartFloor(fresh.extent());
            marker.replaceEngine(files, next);
        } catch (RocksDBException | IOException | RuntimeException failed) {
            fresh.close();
            throw failed;
        }
        engine = fresh;
        unusable = null;
        if (old != null) {
            old.close();
        }
        logger.warning("The damaged engine of the store was replaced by an empty one in " + path + ", for the new node "
                + next.node() + ". The old files stay until the next start that finds the new ones well.");
    }

    private void restartFloor(StoreExtent reached) throws IOException {
        var present = floor;
        if (present == null) {
            floor = new FloorKeeper(directory.begin(reached), this::reached, logger);
        } else {
            present.restart(reached);
        }
    }

    /// How far the files go; empty if the store is closed or about to be.
    private Optional<StoreExtent> reached() {
        if (!gate.tryEnter()) {
            return Optional.empty();
        }
        try {
            return Optional.of(now().extent());
        } catch (RocksDBException | StoreException unknown) {
            return Optional.empty();
        } finally {
            gate.leave();
        }
    }

    /// For a test that does not wait until the time comes.
    public void raiseFloor() {
        var present = floor;
        if (present != null) {
            present.raise();
        }
    }

    /// Ends the thread that raises the floor, and releases its file.
    public void closeFloor() {
        var present = floor;
        if (present != null) {
            present.close();
        }
    }

    /// The engine to close; null if there is none.
    @Nullable
    public Engine last() {
        return engine;
    }
}
