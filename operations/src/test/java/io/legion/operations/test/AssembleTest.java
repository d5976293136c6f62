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

/// What `operations/assemble` puts into a directory: the real script and the real `legion`, with a Maven that only
/// writes what the test says, and a JDK that runs the real node.
class AssembleTest {
    @TempDir
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        for (var directory : List.of("operations", "discovery", "built", "path", "jdk/bin")) {
            Files.createDirectories(root.resolve(directory));
        }
        Files.copy(Path.of("assemble"), root.resolve("operations/assemble"));
        Files.copy(Path.of("..", "legion"), root.resolve("legion"));
        Files.createFile(root.resolve("pom.xml"));
        Files.createFile(root.resolve("discovery/pom.xml"));
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        program("jdk/bin/javac", "");
        program("jdk/bin/java", """
                while [ "$1" != io.legion.discovery.NodeMain ]; do shift; done
                exec "$REAL_JAVA" -cp "$REAL_CLASS_PATH" "$@"
                """);
        program("path/mvn", "mkdir -p discovery/target && cp -r built/. discovery/target");
        var libraries = List.of(jar("core.jar"), jar("a library.jar"));
        Files.writeString(root.resolve("built/classpath"), String.join(":", libraries));
        for (var built :
                List.of("legion-discovery-1.jar", "legion-discovery-1-tests.jar", "legion-discovery-1-sources.jar")) {
            Files.writeString(root.resolve("built").resolve(built), built);
        }
    }

    private void program(String name, String script) throws IOException {
        var program = Files.writeString(root.resolve(name), "#!/usr/bin/env bash\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private String jar(String name) throws IOException {
        return Files.writeString(root.resolve(name), name).toString();
    }

    private int assemble(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("bash", root.resolve("operations/assemble").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).inheritIO();
        var environment = builder.environment();
        environment.merge("PATH", "", (path, _) -> root.resolve("path") + ":" + path);
        environment.put("JAVA_HOME", root.resolve("jdk").toString());
        environment.put(
                "REAL_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("REAL_CLASS_PATH", System.getProperty("java.class.path"));
        return builder.start().waitFor();
    }

    @Test
    void itBuildsAndHasTheNodeAndItsLibrariesAndNothingOfAnEarlierTime() throws IOException, InterruptedException {
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
    void whatDoesNotBuildIsNotAssembledFromAnEarlierTime() throws IOException, InterruptedException {
        Files.move(root.resolve("built"), root.resolve("discovery/target"));
        program("path/mvn", "echo '[ERROR] it does not compile'; exit 1");
        var directory = root.resolve("node");
        assertThat(assemble(directory.toString())).isEqualTo(1);
        assertThat(directory).doesNotExist();
    }

    @Test
    void withoutADirectoryItSaysWhatItNeeds() throws IOException, InterruptedException {
        assertThat(assemble()).isEqualTo(2);
    }
}
