package io.legion.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Directories of tests.
final class Trees {

    private Trees() {}

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
