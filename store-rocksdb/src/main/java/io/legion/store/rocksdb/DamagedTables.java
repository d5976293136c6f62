package io.legion.store.rocksdb;

import io.legion.service.Logger;
import io.legion.spi.StoreException;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.rocksdb.RocksDBException;

/// The tables of an open store that are known to be damaged. As long as there is one, the engine merges none: to
/// merge a damaged table it would read it, fail, and take no more writes.
///
/// What is damaged is never read as absent. So a shard that meets it stops on this node, and the node copies it
/// anew from the others. A table goes as soon as everything in it was dropped, or with the engine when the node
/// begins anew with another one ([CurrentEngine]).
final class DamagedTables {
    private final CurrentMarker marker;
    private final boolean replaced;
    private final Logger logger;

    /// @param replaced whether the next start replaces a damaged engine
    DamagedTables(CurrentMarker marker, boolean replaced, Logger logger) {
        this.marker = marker;
        this.replaced = replaced;
        this.logger = logger;
    }

    NavigableSet<String> now() {
        return marker.now().files().damaged();
    }

    /// What is damaged, for people; empty if nothing is known to be.
    String text() {
        var tables = now();
        return tables.isEmpty() ? "" : text(tables);
    }

    private String text(NavigableSet<String> tables) {
        return "These tables are damaged: " + tables + ". What is in them cannot be read on this node and is never"
                + " taken for absent: a shard that meets it stops here, and the node copies it anew if others have it."
                + " The store takes writes, but merges no tables, so it grows and becomes slower. Look at the disk. "
                + (replaced
                        ? "Then start the node again: it joins as a new one with an empty store, and copies everything"
                                + " from the others."
                        : "Then " + Remedy.TEXT);
    }

    /// The store was opened: says what is known to be damaged, unless it is gone.
    void opened(Engine engine) {
        if (now().isEmpty()) {
            return;
        }
        try {
            keepOnly(engine);
        } catch (RocksDBException | StoreException failed) {
            logger.warning("Which tables are damaged could not be noted: " + failed.getMessage());
        }
        if (!now().isEmpty()) {
            logger.error(text(now()));
        }
    }

    /// A read or the engine itself has failed. Notes the table that it names, if it is damaged.
    void met(RocksDBException failed, Engine engine) {
        if (Remedy.isDamage(failed)) {
            Remedy.table(failed).ifPresent(table -> found(table, String.valueOf(failed.getMessage()), engine));
        }
    }

    /// Notes that a table is damaged, unless it is known.
    ///
    /// @param why what the engine said
    synchronized void found(String table, String why, Engine engine) {
        var tables = new TreeSet<>(now());
        if (!tables.add(table)) {
            return;
        }
        stopMerging(engine);
        try {
            marker.noteDamaged(tables);
        } catch (StoreException unnoted) {
            logger.warning("That a table is damaged could not be noted: " + unnoted.getMessage());
        }
        logger.error("The store found damage: " + why + ". " + text(tables));
    }

    private void stopMerging(Engine engine) {
        try {
            engine.merge(false);
        } catch (RocksDBException failed) {
            logger.warning("The store cannot be kept from merging tables: " + failed.getMessage());
        }
    }

    /// A range of keys was dropped, forced. Removes the tables that lie in it, and goes on as before if none
    /// that is damaged is left. Where the engine is to be replaced, the mark stays until it is: a start that drops
    /// everything, and stops before its node is a new one, must not look whole to the next.
    synchronized void dropped(byte[] from, byte[] to, Engine engine) {
        if (replaced || now().isEmpty()) {
            return;
        }
        try {
            engine.dropTables(from, to);
            keepOnly(engine);
        } catch (RocksDBException | StoreException failed) {
            logger.warning("Damaged tables could not be removed from the store: " + failed.getMessage());
        }
    }

    /// Forgets damaged tables that the engine has no more.
    synchronized void keepOnly(Engine engine) throws RocksDBException {
        var before = now();
        var left = new TreeSet<String>();
        engine.tables().stream().map(EngineTable::name).filter(before::contains).forEach(left::add);
        if (left.size() == before.size()) {
            return;
        }
        marker.noteDamaged(left);
        logger.info("Damaged tables are gone from the store, with everything in them: it had " + before
                + (left.isEmpty() ? ", and goes on as usual." : ", and has " + left + " still."));
        if (left.isEmpty()) {
            engine.merge(true);
        }
    }
}
