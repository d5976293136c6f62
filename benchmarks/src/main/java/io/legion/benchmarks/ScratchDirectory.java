package io.legion.benchmarks;

import io.legion.service.Managed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A directory for temporary files; its release deletes it with its content.
public final class ScratchDirectory {
    private ScratchDirectory() {}

    /// A fresh directory.
    public static Managed<Path> managed() {
        return Managed.of(() -> Files.createTempDirectory("legion-benchmark"), ScratchDirectory::delete);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (var found = Files.walk(directory)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
