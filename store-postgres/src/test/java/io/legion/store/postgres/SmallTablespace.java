package io.legion.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// A schema whose tables are on a small file system in memory, where this process may mount one; the server's log is
/// elsewhere, so that it goes on.
final class SmallTablespace extends PostgresPlace {

    private final Path mount;
    private final String name;

    private SmallTablespace(Path mount, String name) {
        super(
                TestServer.shared(),
                TestServer.shared()
                        .config(
                                "?options=-c%20default_tablespace=" + name,
                                8,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20)),
                Duration.ofSeconds(20));
        this.mount = mount;
        this.name = name;
    }

    static Optional<SmallTablespace> mounted() throws IOException, InterruptedException, SQLException {
        var mount = Files.createTempDirectory("legion-small-tablespace");
        if (!run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", mount.toString())) {
            Files.delete(mount);
            return Optional.empty();
        }
        var name = "small_" + TestServer.newSchema();
        // The server may run as another user.
        Files.setOwner(mount, Files.getOwner(TestServer.shared().passwordFile()));
        TestServer.shared().execute("CREATE TABLESPACE " + name + " LOCATION '" + mount + "'");
        return Optional.of(new SmallTablespace(mount, name));
    }

    @Override
    public void close() {
        super.close();
        try {
            TestServer.shared().execute("DROP TABLESPACE " + name);
            run("umount", mount.toString());
            Files.delete(mount);
        } catch (IOException | InterruptedException | SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
