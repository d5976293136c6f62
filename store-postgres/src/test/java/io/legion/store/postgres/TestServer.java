package io.legion.store.postgres;

import io.legion.service.RecordingLogger;
import io.legion.store.postgres.database.HikariPostgres;
import io.legion.store.postgres.server.PrivatePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/// A real PostgreSQL for tests: one for all that do it no harm, and own ones for the others.
final class TestServer implements AutoCloseable {

    /// Enough for some servers with little in them.
    private static final long ROOM = 2L << 30;

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final Path directory;
    private final Map<String, String> settings;
    private PrivatePostgres server;

    private TestServer(Path directory, Map<String, String> settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.server = start(0);
    }

    /// Starts once for all tests of this process, and ends with it.
    static TestServer shared() {
        return Shared.SERVER;
    }

    /// One of the caller's own, which may be killed.
    static TestServer own(Map<String, String> settings) throws IOException {
        var directory = directory("legion-postgres");
        Trees.copy(Template.DIRECTORY, directory);
        return new TestServer(directory, settings);
    }

    /// In memory, where there is room: the servers force all the same, and no test stops the machine.
    private static Path directory(String name) throws IOException {
        boolean roomy = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM;
        return roomy ? Files.createTempDirectory(MEMORY, name) : Files.createTempDirectory(name);
    }

    private PrivatePostgres start(int port) throws IOException {
        return PrivatePostgres.open(
                new PrivatePostgres.Config(directory, TestPrograms.unpacked(), port, settings), RecordingLogger.open());
    }

    /// A name that no other test has.
    static String newSchema() {
        return "s" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
    }

    HikariPostgres.Config config(int connections, Duration connectionTimeout, Duration statementTimeout) {
        return config("", connections, connectionTimeout, statementTimeout);
    }

    HikariPostgres.Config config(
            String parameters, int connections, Duration connectionTimeout, Duration statementTimeout) {
        return new HikariPostgres.Config(
                server.url() + parameters,
                PrivatePostgres.USER,
                server.passwordFile(),
                connections,
                connectionTimeout,
                statementTimeout);
    }

    String url() {
        return server.url();
    }

    int port() {
        return server.port();
    }

    Path passwordFile() {
        return server.passwordFile();
    }

    /// A connection beside those of the store.
    Connection connect() throws SQLException {
        try {
            var source = new PGSimpleDataSource();
            source.setUrl(server.url());
            source.setUser(PrivatePostgres.USER);
            source.setPassword(Files.readString(server.passwordFile()).strip());
            source.setApplicationName("test");
            return source.getConnection();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void execute(String statement) throws SQLException {
        try (var connection = connect();
                var running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    long count(String query) throws SQLException {
        try (var connection = connect();
                var running = connection.createStatement();
                var rows = running.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// Ends the sessions of all stores, as a network would that loses connections.
    void cut() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'legion-%'");
    }

    /// `kill -9` of the server and all its processes.
    void kill() throws IOException {
        var postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        var all = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
        all.forEach(process -> process.onExit().join());
        server.close();
    }

    /// Starts again what was killed, at the same port.
    void restart() throws IOException {
        server = start(server.port());
    }

    /// Stops and starts the server as an operator does.
    void restartCleanly() throws IOException {
        server.close();
        restart();
    }

    @Override
    public void close() {
        server.close();
        Trees.remove(directory);
    }

    /// What a new server has, so that it is not made for each anew.
    private static final class Template {
        static final Path DIRECTORY;

        static {
            try {
                DIRECTORY = directory("legion-postgres-template");
                new TestServer(DIRECTORY, Map.of()).server.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            Trees.removeAtExit(DIRECTORY);
        }
    }

    private static final class Shared {
        static final TestServer SERVER;

        static {
            try {
                SERVER = own(Map.of("max_connections", "200"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
