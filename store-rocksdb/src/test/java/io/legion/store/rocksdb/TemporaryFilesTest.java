package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that is killed and started again does not fill the folder for temporary files with copies of
/// RocksDB's native library.
final class TemporaryFilesTest {
    private static final int KILLS = 3;

    @TempDir
    private Path home;

    @Test
    void aProcessThatIsKilledLeavesNoCopyOfTheNativeLibrary() throws IOException, InterruptedException {
        var temporary = Files.createDirectory(home.resolve("tmp"));
        for (int i = 0; i < KILLS; i++) {
            var child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx128m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Djava.io.tmpdir=" + temporary,
                            "-cp",
                            KilledWriter.classPath(),
                            Killed.class.getName(),
                            home.resolve("data").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(child.waitFor()).isEqualTo(Killed.STATUS);
        }
        try (var left = Files.walk(temporary)) {
            assertThat(left.filter(file -> String.valueOf(file.getFileName()).contains("rocksdb")))
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
