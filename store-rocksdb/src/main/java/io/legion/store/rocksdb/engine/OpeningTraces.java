package io.legion.store.rocksdb.engine;

import io.legion.store.rocksdb.files.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;

/// The files that an opening of an engine leaves behind if it fails. RocksDB removes those of earlier openings only
/// once one succeeds. So a node that is started again and again on a disk without room would take a file with each
/// start, from a disk that has too few.
///
/// RocksDB appends to no file that was there, and `CURRENT` says which manifest counts. As long as it says what it
/// said before, nothing needs a new file. If it names another manifest, all files stay.
///
/// @param engine the directory
/// @param names the files that were there before
/// @param current what `CURRENT` said; empty if it was not there
record OpeningTraces(Path engine, Set<String> names, String current) {
    private static final Pattern MADE =
            Pattern.compile("\\d+\\.(?:log|sst|dbtmp)|(?:MANIFEST|OPTIONS)-\\d+(?:\\.dbtmp)?");

    /// What is tried.
    interface Attempt {
        /// Opens the engine; if that fails, it is closed.
        Engine open() throws RocksDBException;
    }

    /// Opens an engine, and leaves nothing behind if that fails.
    static Engine without(Path engine, Attempt attempt) throws RocksDBException {
        var before = before(engine);
        try {
            return attempt.open();
        } catch (RocksDBException failed) {
            try {
                before.remove();
            } catch (IOException kept) {
                failed.addSuppressed(kept);
            }
            throw failed;
        }
    }

    private static OpeningTraces before(Path engine) throws RocksDBException {
        try {
            return new OpeningTraces(engine, names(engine), current(engine));
        } catch (IOException unreadable) {
            throw new RocksDBException(engine + " cannot be read: " + unreadable);
        }
    }

    private void remove() throws IOException {
        if (!current(engine).equals(current)) {
            return;
        }
        for (var name : names(engine)) {
            if (!names.contains(name) && MADE.matcher(name).matches()) {
                Files.delete(engine.resolve(name));
            }
        }
    }

    private static Set<String> names(Path engine) throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(engine)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (NoSuchFileException none) {
            return names;
        }
        return names;
    }

    private static String current(Path engine) throws IOException {
        try {
            return StoreDirectory.text(engine.resolve("CURRENT"));
        } catch (NoSuchFileException none) {
            return "";
        }
    }
}
