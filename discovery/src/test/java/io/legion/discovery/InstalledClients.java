package io.legion.discovery;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// What `discovery/install-clients` installs: clients of other languages, as they are.
final class InstalledClients {
    private static final Path DIRECTORY = Path.of("target", "clients").toAbsolutePath();

    private InstalledClients() {}

    /// A file of theirs. Without it the test is skipped, except where everything must be there.
    static Path require(String file) {
        var path = DIRECTORY.resolve(file);
        var missing = path + " is not there: run discovery/install-clients to have this test run";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(Files.exists(path), missing);
        }
        assumeTrue(Files.exists(path), missing);
        return path;
    }
}
