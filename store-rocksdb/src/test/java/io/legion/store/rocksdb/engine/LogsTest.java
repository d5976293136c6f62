package io.legion.store.rocksdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which logs the floor counts.
final class LogsTest {
    @TempDir
    private Path engine;

    @Test
    void aLogIsFinishedOnceALaterOneHoldsSomething() throws IOException {
        assertThat(Logs.finished(engine)).isEmpty();
        log("000004.log", 7);
        assertThat(Logs.finished(engine)).isEmpty();
        log("000006.log", 0);
        assertThat(Logs.finished(engine)).as("it may be torn").isEmpty();
        log("000006.log", 5);
        assertThat(Logs.finished(engine)).isEqualTo(Map.of("000004.log", 7L));
        log("000008.log", 0);
        log("000010.log", 0);
        assertThat(Logs.finished(engine)).isEqualTo(Map.of("000004.log", 7L));
    }

    private void log(String name, int bytes) throws IOException {
        Files.write(engine.resolve(name), new byte[bytes]);
    }
}
