package io.legion.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Directories of tests.
final class Trees {

    private Trees() {}

    /// Copies what is in one directory into another one, with its modes.
    static void copy(Path from, Path to) throws IOException {
        var copying = new ProcessBuilder("cp", "-a", from + "/.", to.toString())
                .inheritIO()
                .start();
        if (copying.onExit().join().exitValue() != 0) {
            throw new IOException("cp could not copy " + from + " to " + to);
        }
    }

    static void remove(Path directory) {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void removeAtExit(Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
    }
}
