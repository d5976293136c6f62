package io.legion.operations.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `operations/assemble` puts into a directory: the real script, in a project that is built already.
class AssembleTest {
    @TempDir
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(root.resolve("operations"));
        Files.createDirectories(root.resolve("discovery/target"));
        Files.copy(Path.of("assemble"), root.resolve("operations/assemble"));
        var legion = Files.writeString(root.resolve("legion"), "#!/usr/bin/env bash\n[ \"$1\" = node ]\n");
        assertThat(legion.toFile().setExecutable(true)).isTrue();
        var libraries = List.of(jar("core.jar"), jar("a library.jar"));
        Files.writeString(root.resolve("discovery/target/classpath"), String.join(":", libraries));
        for (var built :
                List.of("legion-discovery-1.jar", "legion-discovery-1-tests.jar", "legion-discovery-1-sources.jar")) {
            Files.writeString(root.resolve("discovery/target").resolve(built), built);
        }
    }

    private String jar(String name) throws IOException {
        return Files.writeString(root.resolve(name), name).toString();
    }

    private int assemble(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("bash", root.resolve("operations/assemble").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void itHasTheNodeAndItsLibrariesAndNothingOfAnEarlierTime() throws IOException, InterruptedException {
        var directory = root.resolve("node");
        var before = Files.createDirectories(directory.resolve("lib")).resolve("old.jar");
        Files.writeString(before, "old");
        assertThat(assemble(directory.toString())).isZero();
        try (Stream<Path> files = Files.list(directory.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("core.jar", "a library.jar", "legion-discovery-1.jar");
        }
    }

    @Test
    void withoutADirectoryItSaysWhatItNeeds() throws IOException, InterruptedException {
        assertThat(assemble()).isEqualTo(2);
    }
}
