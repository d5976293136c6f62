package io.legion.store.rocksdb.engine;

import io.legion.spi.StoreException;
import io.legion.store.rocksdb.files.StoreDirectory;
import io.legion.store.rocksdb.files.StoreExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// How far the files of an engine go that is closed.
public final class ExtentOnDisk {
    private ExtentOnDisk() {}

    /// Looks at the files, which end with this change.
    ///
    /// @throws StoreException if they do not say it
    public static StoreExtent of(Path engine, long sequence) {
        try {
            var manifest = StoreDirectory.text(engine.resolve("CURRENT"));
            return new StoreExtent(sequence, manifest, Files.size(engine.resolve(manifest)), Logs.finished(engine));
        } catch (NoSuchFileException | IllegalArgumentException damaged) {
            throw new StoreException.Damaged(unknown(engine, damaged), damaged);
        } catch (IOException unreadable) {
            throw new StoreException(unknown(engine, unreadable), unreadable);
        }
    }

    private static String unknown(Path engine, Exception why) {
        return "What the engine's files in " + engine + " hold cannot be found out: " + why.getMessage()
                + ". The store was left as it is. If files are damaged, restore a copy, or let the node start as a new one: "
                + Remedy.TEXT;
    }
}
