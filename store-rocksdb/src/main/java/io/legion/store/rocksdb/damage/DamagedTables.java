package io.legion.store.rocksdb.damage;

import io.legion.service.Logger;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.current.CurrentMarker;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.EngineTable;
import io.legion.store.rocksdb.engine.Remedy;
import io.legion.store.rocksdb.files.EngineFiles;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.rocksdb.RocksDBException;

/// The tables of an open store that are known to be damaged. As long as there is one, the engine merges none: to
/// merge a damaged table it would read it, fail, and take no more writes.
///
/// What is damaged is never read as absent. So a shard that meets it stops on this node, and the node copies it
/// anew from the others. A table goes as soon as everything in it was dropped, or with the engine when the node
/// begins anew with another one ([io.legion.store.rocksdb.current.CurrentEngine]).
///
/// Not all that the engine says of damage names a table. Then it is one of those that there are, and the mark goes
/// with the last of them.
public final class DamagedTables {
    private final CurrentMarker marker;
    private final boolean replaced;
    private final Logger logger;

    /// @param replaced whether the next start replaces a damaged engine
    public DamagedTables(CurrentMarker marker, boolean replaced, Logger logger) {
        this.marker = marker;
        this.replaced = replaced;
        this.logger = logger;
    }

    private EngineFiles files() {
        return marker.now().files();
    }

    public boolean isAny() {
        return files().isDamaged();
    }

    /// How many they are, as far as they are known.
    public int count() {
        return files().damaged().size() + (files().suspects() > 0 ? 1 : 0);
    }

    /// What is damaged, for people; empty if nothing is known to be.
    public String text() {
        var files = files();
        return files.isDamaged() ? text(files) : "";
    }

    private String text(EngineFiles files) {
        return which(files) + " What is in them cannot be read on this node and is never"
                + " taken for absent: a shard that meets it stops here, and the node copies it anew if others have it."
                + " The store takes writes, but merges no tables, so it grows and becomes slower. Look at the disk. "
                + (replaced
                        ? "Then start the node again: it joins as a new one with an empty store, and copies everything"
                                + " from the others."
                        : "Then " + Remedy.TEXT);
    }

    private static String which(EngineFiles files) {
        var named = files.damaged().isEmpty() ? "" : "These tables are damaged: " + files.damaged() + ".";
        var unnamed = files.suspects() == 0
                ? ""
                : "RocksDB met damage and named no table: it is in one or more of those up to " + files.suspects()
                        + ".sst.";
        return (named + " " + unnamed).strip();
    }

    /// The store was opened: says what is known to be damaged, unless it is gone.
    public void opened(Engine engine) {
        if (!isAny()) {
            return;
        }
        try {
            keepOnly(engine);
        } catch (RocksDBException | StoreException failed) {
            logger.warning("Which tables are damaged could not be noted: " + failed.getMessage());
        }
        if (isAny()) {
            logger.error(text());
        }
    }

    /// A read or the engine itself has failed. Notes the table that it names, if it is damaged, or that it names none.
    public void met(RocksDBException failed, Engine engine) {
        if (!Remedy.isDamage(failed)) {
            return;
        }
        var why = String.valueOf(failed.getMessage());
        Remedy.table(failed).ifPresentOrElse(table -> found(table, why, engine), () -> foundSomewhere(why, engine));
    }

    /// Notes that a table is damaged, unless it is known.
    ///
    /// @param why what the engine said
    public synchronized void found(String table, String why, Engine engine) {
        var tables = new TreeSet<>(files().damaged());
        if (tables.add(table)) {
            note(files -> files.withDamaged(tables), why, engine);
        }
    }

    /// Notes that one of the tables is damaged, unless it is known of one.
    private synchronized void foundSomewhere(String why, Engine engine) {
        var tables = engine.tables();
        if (files().suspects() == 0 && !tables.isEmpty()) {
            note(files -> files.withSuspects(tables.getLast().number()), why, engine);
        }
    }

    private void note(UnaryOperator<EngineFiles> found, String why, Engine engine) {
        stopMerging(engine);
        try {
            marker.noteDamage(found);
        } catch (StoreException unnoted) {
            logger.warning("That a table is damaged could not be noted: " + unnoted.getMessage());
        }
        logger.error("The store found damage: " + why + ". " + text(found.apply(files())));
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
    public synchronized void dropped(byte[] from, byte[] to, Engine engine) {
        if (replaced || !isAny()) {
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
        var before = files();
        var left = left(before, engine);
        if (left.equals(before)) {
            return;
        }
        marker.noteDamage(_ -> left);
        logger.info("Damaged tables are gone from the store, with everything in them. Before: " + which(before)
                + (left.isDamaged() ? " Still there: " + which(left) : " It goes on as usual."));
        if (!left.isDamaged()) {
            engine.merge(true);
        }
    }

    private static EngineFiles left(EngineFiles before, Engine engine) {
        var tables = engine.tables();
        NavigableSet<String> named = new TreeSet<>();
        tables.stream()
                .map(EngineTable::name)
                .filter(before.damaged()::contains)
                .forEach(named::add);
        boolean suspect = tables.stream().anyMatch(table -> table.number() <= before.suspects());
        return before.withDamaged(named).withSuspects(suspect ? before.suspects() : 0);
    }
}
