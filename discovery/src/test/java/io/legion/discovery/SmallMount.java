package io.legion.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A small file system in memory at a directory, where this process may mount one.
final class SmallMount implements AutoCloseable {
    private final Path directory;

    private SmallMount(Path directory) {
        this.directory = directory;
    }

    static Optional<SmallMount> at(Path directory, int mebibytes) throws IOException {
        Files.createDirectories(directory);
        return run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString())
                ? Optional.of(new SmallMount(directory))
                : Optional.empty();
    }

    /// Fills what is left, as another program would; the file is deleted to make room again.
    Path fill() throws IOException {
        var filler = directory.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    @Override
    public void close() {
        run("umount", directory.toString());
    }

    private static boolean run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
