package io.legion.discovery;

import io.legion.service.Logger;
import io.legion.store.postgres.HikariPostgres;
import io.legion.store.postgres.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The database of a demonstration: one that is there, or a private server of its own. Each node has a schema.
///
/// @param url may hold credentials, and so is shown to nobody
/// @param server stops with the demonstration; empty if the database was there
record DemoDatabase(String url, Optional<PrivatePostgres> server) implements AutoCloseable {

    /// A database that is there.
    ///
    /// @throws IllegalArgumentException if the URL is none; the message does not repeat it
    static DemoDatabase at(String url) {
        HikariPostgres.Config.of(url);
        return new DemoDatabase(url, Optional.empty());
    }

    /// A private server, which keeps its data in this directory.
    ///
    /// @throws IOException if there is no PostgreSQL, or it does not start; the message says what to do
    static DemoDatabase started(Path directory, Logger logger) throws IOException {
        var config = new PrivatePostgres.Config(directory, null, 0, Map.of());
        try {
            var server = PrivatePostgres.open(config, logger);
            return new DemoDatabase(server.url(), Optional.of(server));
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
                + server.map(own -> "\n    user: " + PrivatePostgres.USER + "\n    passwordFile: "
                                + DemoPlan.quoted(own.passwordFile().toString()))
                        .orElse("")
                + "\n    schema: legion_demo_" + node;
    }

    /// Without credentials.
    @Override
    public String toString() {
        return title();
    }

    @Override
    public void close() {
        server.ifPresent(PrivatePostgres::close);
    }
}
