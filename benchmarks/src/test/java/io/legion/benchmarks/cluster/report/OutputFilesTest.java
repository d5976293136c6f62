package io.legion.benchmarks.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be written is refused before anything is measured, and nothing is lost by that.
final class OutputFilesTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void directoriesAreMade() {
        new OutputFiles(directory.resolve("a/b.json"), directory.resolve("c/d")).prepare();
        assertThat(directory.resolve("a")).isDirectory();
        assertThat(directory.resolve("c/d")).isDirectory();
    }

    @Test
    void whatIsInAFileStaysUntilThereIsAReport() throws IOException {
        var json = directory.resolve("results.json");
        Files.writeString(json, "old results");
        new OutputFiles(json, null).prepare();
        assertThat(json).hasContent("old results");
    }

    @Test
    void aFileThatCanNotBeWrittenIsRefused() throws IOException {
        var file = directory.resolve("file");
        Files.writeString(file, "");
        assertThatThrownBy(() -> new OutputFiles(file.resolve("results.json"), null).prepare())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Nothing can be written there");
        assertThatThrownBy(() -> new OutputFiles(directory, null).prepare())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void withoutFilesNothingIsPrepared() {
        new OutputFiles(null, null).prepare();
        assertThat(directory).isEmptyDirectory();
    }
}
