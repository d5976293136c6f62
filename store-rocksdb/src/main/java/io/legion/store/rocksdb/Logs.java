package io.legion.store.rocksdb;

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
final class Logs {

    private Logs() {}

    /// Their names. All are of one length, so this is the order in which they were begun.
    static SortedSet<String> all(Path engine) throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(engine, "*.log")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    /// How long each log is to which the engine appends no more.
    static SortedMap<String, Long> finished(Path engine) throws IOException {
        var finished = new TreeMap<String, Long>();
        var names = all(engine);
        for (var name : names.isEmpty() ? names : names.headSet(names.last())) {
            try {
                finished.put(name, Files.size(engine.resolve(name)));
            } catch (NoSuchFileException _) {
                // The engine removed it a moment ago.
            }
        }
        return finished;
    }
}
