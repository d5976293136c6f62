package io.legion.store.rocksdb.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The engine's write-ahead logs. It appends to the last one, and removes the others when the tables hold all
/// that is in them.
public final class Logs {

    private Logs() {}

    /// Their names. All are of one length, so this is the order in which they were begun.
    public static SortedSet<String> all(Path engine) throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(engine, "*.log")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    /// How long each log is that a later one continues.
    ///
    /// A log that ends in a write for which the disk had no room is none of these. The engine cuts that end off
    /// when it closes the log, and puts nothing into a later one before it needs that log no more.
    static SortedMap<String, Long> finished(Path engine) throws IOException {
        var finished = new TreeMap<String, Long>();
        boolean continued = false;
        for (var name : all(engine).reversed()) {
            long bytes = length(engine.resolve(name));
            if (continued && bytes > 0) {
                finished.put(name, bytes);
            }
            continued |= bytes > 0;
        }
        return finished;
    }

    /// None of one that the engine removed a moment ago.
    private static long length(Path log) throws IOException {
        try {
            return Files.size(log);
        } catch (NoSuchFileException removed) {
            return 0;
        }
    }
}
