package io.legion.discovery;

import io.legion.service.Logger;
import io.legion.store.postgres.server.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The database of a demonstration: one that is there, or a private server of its own. Each node has a schema.
///
/// @param passwordFile holds the password of the user
/// @param server stops with the demonstration; empty if the database was there
record DemoDatabase(String url, Optional<String> user, Optional<Path> passwordFile, Optional<PrivatePostgres> server)
        implements AutoCloseable {

    /// A database that is there.
    static DemoDatabase at(String url, Optional<String> user, Optional<Path> passwordFile) {
        return new DemoDatabase(url, user, passwordFile, Optional.empty());
    }

    /// A private server, which keeps its data in this directory.
    ///
    /// @throws IOException if there is no PostgreSQL, or it does not start; the message says what to do
    static DemoDatabase started(Path directory, Logger logger) throws IOException {
        var config = new PrivatePostgres.Config(directory, null, 0, Map.of());
        try {
            var server = PrivatePostgres.open(config, logger);
            return new DemoDatabase(
                    server.url(),
                    Optional.of(PrivatePostgres.USER),
                    Optional.of(server.passwordFile()),
                    Optional.of(server));
        } catch (IOException failed) {
            throw new IOException(
                    failed.getMessage() + " A database that is there is named by --postgres-url URL.", failed);
        }
    }

    /// What the demonstration says of it.
    String title() {
        return server.map(own -> "a private PostgreSQL at 127.0.0.1:" + own.port() + ", which stops with it")
                .orElse("the PostgreSQL of --postgres-url");
    }

    /// The store of a node, in its configuration.
    String storeText(int node) {
        return "  postgres:\n    url: " + DemoPlan.quoted(url)
                + user.map(name -> "\n    user: " + DemoPlan.quoted(name)).orElse("")
                + passwordFile
                        .map(file -> "\n    passwordFile: " + DemoPlan.quoted(file.toString()))
                        .orElse("")
                + "\n    schema: legion_demo_" + node;
    }

    @Override
    public void close() {
        server.ifPresent(PrivatePostgres::close);
    }
}
