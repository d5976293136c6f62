package io.legion.store.postgres.server;

import io.legion.service.Configuration;
import io.legion.service.Logger;
import io.legion.store.postgres.database.HikariPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of this process's own, for demonstrations and tests: it listens on this machine only, to
/// one user with a password drawn at random, keeps its data in a directory, and ends with this process, whatever
/// ends that. No server for data that matters.
///
/// PostgreSQL refuses to run as root. Then it runs in a user namespace, or, where there are none, as the user
/// `postgres` or `nobody`, to whom the directory is given.
public final class PrivatePostgres implements AutoCloseable {

    /// The only user, who may do everything.
    public static final String USER = "legion";

    private static final Duration START = Duration.ofSeconds(60);
    private static final int PASSWORD_BYTES = 24;

    /// The configuration.
    ///
    /// @param directory the server's own; made if it is missing
    /// @param programs the directory of `initdb` and `postgres`; null to look in the usual places
    /// @param port where it listens on 127.0.0.1; 0 for a free one
    /// @param settings settings of the server beside its defaults
    public record Config(Path directory, @Nullable Path programs, int port, Map<String, String> settings) {

        /// @throws IllegalArgumentException if the port is none
        public Config {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535, but is " + port + ".");
            }
            settings = Map.copyOf(settings);
        }
    }

    private final Path directory;
    private final int port;
    private final Process process;

    private PrivatePostgres(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /// Starts the server, with the data that its directory has, or as a new one.
    ///
    /// @throws IOException if no programs are found, they fail, or a server runs there; the message says what to do
    public static PrivatePostgres open(Config config, Logger logger) throws IOException {
        var programs = ServerPrograms.find(config.programs());
        var directory = config.directory().toAbsolutePath();
        int port = port(config.port());
        requireNoServer(directory);
        Files.createDirectories(directory);
        programs.give(directory);
        if (!Files.exists(data(directory).resolve("PG_VERSION"))) {
            found(programs, directory);
        }
        var server = new PrivatePostgres(directory, port, start(programs, directory, port, config.settings()));
        server.awaitReady();
        logger.info("Started a private PostgreSQL in " + directory + " at port " + port + ".");
        return server;
    }

    private static void found(ServerPrograms programs, Path directory) throws IOException {
        var password = passwordFile(directory);
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.writeString(password, HexFormat.of().formatHex(bytes));
        programs.give(directory);
        programs.run(
                directory,
                "initdb",
                "--pgdata=" + data(directory),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
    }

    /// Two servers on the same files would destroy them. PostgreSQL itself looks whether the one that left its file is
    /// gone, but takes any process for it that has its number now.
    private static void requireNoServer(Path directory) throws IOException {
        var left = PostmasterFile.read(pidFile(directory));
        if (left.isPresent() && left.get().isAlive()) {
            throw new IOException("A PostgreSQL runs in " + directory + " already, as the process "
                    + left.get().pid()
                    + ". It was left as it is, and none was started. Stop the program that started it,"
                    + " or name another directory.");
        }
        if (left.isPresent() && left.get().isReused()) {
            Files.delete(pidFile(directory));
        }
    }

    /// @param wished 0 for any that is free
    private static int port(int wished) throws IOException {
        try (var socket = new ServerSocket(wished, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException inUse) {
            throw new IOException(
                    "The port " + wished + " of 127.0.0.1 cannot be used for a private PostgreSQL: "
                            + inUse.getMessage() + ". Nothing was started. Stop whoever uses it, or name another one.",
                    inUse);
        }
    }

    private static Process start(ServerPrograms programs, Path directory, int port, Map<String, String> settings)
            throws IOException {
        var command = new ArrayList<>(List.of(
                programs.program("postgres"),
                "-D",
                data(directory).toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return programs.serve(directory, command);
    }

    /// The server writes into its file whether it takes connections.
    private void awaitReady() throws IOException {
        long until = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                close();
                throw new IOException("The private PostgreSQL in " + directory + " did not start. The end of its log:\n"
                        + ServerPrograms.lastLines(directory));
            }
            pause();
        }
    }

    private boolean isReady() throws IOException {
        var file = PostmasterFile.read(pidFile(directory));
        return file.isPresent() && file.get().ready() && file.get().isOf(process);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    private static Path pidFile(Path directory) {
        return data(directory).resolve("postmaster.pid");
    }

    private static Path passwordFile(Path directory) {
        return directory.resolve("password");
    }

    /// How [HikariPostgres] connects to it, with the usual sizes.
    public HikariPostgres.Config client() {
        return Configuration.defaults(
                HikariPostgres.Config.class, Map.of("url", url(), "user", USER, "passwordFile", passwordFile()));
    }

    /// The address of its database, without user and password.
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /// Holds the password of [#USER].
    public Path passwordFile() {
        return passwordFile(directory);
    }

    /// Where it listens.
    public int port() {
        return port;
    }

    /// The process that serves.
    public long pid() throws IOException {
        return PostmasterFile.read(pidFile(directory)).orElseThrow().pid();
    }

    /// Stops the server: it ends its connections and writes everything to the disk.
    @Override
    public void close() {
        ServerPrograms.end(process);
    }
}
