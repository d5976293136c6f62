package io.legion.store.rocksdb.engine;

import static java.nio.file.StandardOpenOption.READ;

import io.legion.store.rocksdb.files.StoreDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The files that an opening of an engine leaves behind if it fails. RocksDB removes those of earlier openings only once
/// one succeeds. So a node that is started again and again on a disk without room would take a file with each start,
/// from a disk that has too few.
///
/// RocksDB appends to no file that was there, and `CURRENT` says which manifest counts. As long as it says what it said
/// before, nothing needs a new file. Once it names another one, the manifests beside that one count no more, and
/// of the new logs those that are empty.
///
/// @param engine the directory
/// @param names the files that were there before
/// @param current what `CURRENT` said; empty if it was not there
record OpeningTraces(Path engine, Set<String> names, String current) {
    private static final Pattern NEW = Pattern.compile("\\d+\\.(?:log|sst|dbtmp)|(?:MANIFEST|OPTIONS)-\\d+(?:\\.dbtmp)?");

    private static final String MANIFEST = "MANIFEST-";

    /// Looks before the opening.
    static OpeningTraces before(Path engine) throws IOException {
        return new OpeningTraces(engine, names(engine), current(engine));
    }

    /// The opening failed, and the engine is closed.
    void remove() throws IOException {
        var now = current(engine);
        if (now.equals(current)) {
            for (var name : names(engine)) {
                removeIf(isNew(name), name);
            }
            return;
        }
        force();
        for (var name : names(engine)) {
            boolean old = name.startsWith(MANIFEST) && !name.equals(now);
            boolean empty = isNew(name) && name.endsWith(".log") && Files.size(engine.resolve(name)) == 0;
            removeIf(old || empty || name.endsWith(".dbtmp"), name);
        }
    }

    private boolean isNew(String name) {
        return !names.contains(name) && NEW.matcher(name).matches();
    }

    private void removeIf(boolean unneeded, String name) throws IOException {
        if (unneeded) {
            Files.deleteIfExists(engine.resolve(name));
        }
    }

    /// A machine that stops must not bring the former manifest back as the one that counts.
    private void force() throws IOException {
        try (var directory = FileChannel.open(engine, READ)) {
            directory.force(true);
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
