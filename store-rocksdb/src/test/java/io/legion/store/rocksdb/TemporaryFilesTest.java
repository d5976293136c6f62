package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A service that is killed and started again does not fill the folder for temporary files with copies of
/// RocksDB's native library.
@Execution(ExecutionMode.CONCURRENT)
final class TemporaryFilesTest {
    private static final int KILLS = 3;

    @TempDir
    private Path home;

    @Test
    void aProcessThatIsKilledLeavesNoCopyOfTheNativeLibrary() throws IOException, InterruptedException {
        var temporary = Files.createDirectory(home.resolve("tmp"));
        for (int i = 0; i < KILLS; i++) {
            start(temporary, home.resolve("data-" + i % 2));
        }
        requireNoLibraryIn(home);
    }

    @Test
    void whatAProcessLeftThatWasKilledWhileItLoadedTheLibraryGoesWithTheNextStart() throws Exception {
        var temporary = Files.createDirectory(home.resolve("tmp"));
        start(temporary, home.resolve("data"));
        var left = Files.createDirectory(home.resolve("data").resolve("native"));
        Files.write(left.resolve("librocksdbjni-linux64.so"), new byte[1000]);
        Files.write(left.resolve("librocksdbjni-another-version.so"), new byte[1000]);
        start(temporary, home.resolve("data"));
        requireNoLibraryIn(home);
    }

    @Test
    void onADiskThatLetsNoCodeRunTheFolderForTemporaryFilesServes() throws Exception {
        var disk = SmallDisk.mounted("size=64m,noexec");
        Assumptions.assumeTrue(disk.isPresent(), "this process may not mount a file system");
        var temporary = Files.createDirectory(home.resolve("tmp"));
        try (var place = disk.get()) {
            start(temporary, place.mount().resolve("home").resolve("data"));
            requireNoLibraryIn(place.mount());
        }
        requireNoLibraryIn(home);
    }

    private static void start(Path temporary, Path data) throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        KilledWriter.classPath(),
                        Killed.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(child.waitFor()).isEqualTo(Killed.STATUS);
    }

    private static void requireNoLibraryIn(Path directory) throws IOException {
        try (var left = Files.walk(directory)) {
            assertThat(left.filter(
                            file -> String.valueOf(file.getFileName()).matches("librocksdb.*|legion-rocksdb.*|native")))
                    .isEmpty();
        }
    }

    /// Opens a store, and ends as `kill -9` would end it.
    static final class Killed {
        static final int STATUS = 7;

        private Killed() {}

        public static void main(String[] arguments) {
            var _ = RocksPlace.open(Path.of(arguments[0]));
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
