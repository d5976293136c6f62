package io.legion.operations.test;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program of the machine that reads one of the files.
record Tool(Path program) {
    /// What it said, and its exit code.
    record Said(int code, String text) {}

    /// Where `discovery/install-clients` puts what the machine lacks.
    private static final Path INSTALLED = Path.of("..", "discovery", "target", "clients", "usr", "bin");

    /// The program of this name. Without it the test is skipped, except where everything must be there.
    static Tool require(String name) {
        var found = find(name);
        var missing = name
                + " is not there: install it (promtool comes with discovery/install-clients) to have this test run";
        if ("true".equals(System.getenv("CI")) && name.equals("promtool")) {
            assertTrue(found.isPresent(), missing);
        }
        assumeTrue(found.isPresent(), missing);
        return new Tool(found.orElseThrow());
    }

    private static Optional<Path> find(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":", -1)).map(Path::of), Stream.of(INSTALLED))
                .map(directory -> directory.resolve(name).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    Said run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
