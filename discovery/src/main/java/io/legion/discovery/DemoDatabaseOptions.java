package io.legion.discovery;

import io.legion.service.Logger;
import io.legion.store.postgres.database.HikariPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which database a demonstration uses, as its command line says. A password is not among these: the list of processes
/// shows a command line to all users of the machine.
final class DemoDatabaseOptions {
    @Option(
            names = "--postgres-url",
            paramLabel = "URL",
            description = "The database for --store postgres; without it a private server is started.")
    private @Nullable String url;

    @Option(
            names = "--postgres-user",
            paramLabel = "USER",
            description = "Who connects to the database of --postgres-url.")
    private @Nullable String user;

    @Option(
            names = "--postgres-password-file",
            paramLabel = "FILE",
            description = "A file with the password of that user alone, which only you can read.")
    private @Nullable Path passwordFile;

    /// For the parser.
    DemoDatabaseOptions() {}

    /// What is wrong with them; empty if nothing.
    Optional<String> wrong(DemoPlan.Store store) {
        if (url == null) {
            return user == null && passwordFile == null
                    ? Optional.empty()
                    : Optional.of("--postgres-user and --postgres-password-file need --postgres-url.");
        }
        if (store != DemoPlan.Store.POSTGRES) {
            return Optional.of("--postgres-url needs --store postgres.");
        }
        try {
            if (HikariPostgres.Config.of(url).hasPasswordInUrl()) {
                return Optional.of(
                        "--postgres-url holds a password, which the list of processes shows to all users of this"
                                + " machine. Write it into a file that only you can read, and name that:"
                                + " --postgres-password-file FILE. Nothing was started.");
            }
        } catch (IllegalArgumentException none) {
            return Optional.of("--postgres-url: " + none.getMessage() + ".");
        }
        return passwordFile == null || Files.isReadable(passwordFile)
                ? Optional.empty()
                : Optional.of("--postgres-password-file: " + passwordFile + " cannot be read. Nothing was started.");
    }

    /// The database, which is started if none was named.
    ///
    /// @param directory for the data of a private server
    DemoDatabase open(Path directory, Logger logger) throws IOException {
        return url == null
                ? DemoDatabase.started(directory, logger)
                : DemoDatabase.at(
                        url,
                        Optional.ofNullable(user),
                        Optional.ofNullable(passwordFile).map(Path::toAbsolutePath));
    }
}
