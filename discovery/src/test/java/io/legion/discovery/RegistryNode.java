package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A node of the registry as a process of its own, on RocksDB and at a free port. It can be killed and started again
/// with what it had stored.
///
/// Its leases end soon after they are overdue, however many are.
public final class RegistryNode implements AutoCloseable {
    private static final String QUICK_LEASES = """
            leases:
              interval: 200ms
              startGrace: 200ms
              selfPreservation: false
            """;

    private final List<String> flags;
    private final Path directory;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private RunningProgram program;

    private RegistryNode(List<String> flags, Path directory, int port) throws IOException {
        this.flags = flags;
        this.directory = directory;
        this.port = port;
        this.program = run();
    }

    public static RegistryNode start(Path directory) throws IOException {
        return start(directory, RunningProgram.QUICK);
    }

    public static RegistryNode start(Path directory, List<String> flags) throws IOException {
        int port = FreePort.next();
        return start(
                        directory,
                        flags,
                        NodeText.of(directory.resolve("store"), port).with(QUICK_LEASES))
                .ready();
    }

    /// Without waiting until it serves.
    static RegistryNode start(Path directory, List<String> flags, NodeText text) throws IOException {
        Files.createDirectories(directory);
        text.write(directory.resolve("node.yaml"));
        return new RegistryNode(flags, directory, text.port());
    }

    private RunningProgram run() throws IOException {
        var file = directory.resolve("node.yaml").toString();
        return RunningProgram.start(flags, directory, NodeMain.class, "--config", file);
    }

    /// Waits until it serves.
    RegistryNode ready() {
        program.await(NodeMain.READY);
        return this;
    }

    /// Waits until it says last that everything on it has as many copies as so many nodes can have.
    void awaitFormed(int nodes) {
        ready();
        var line = Formation.complete(nodes, 3) + System.lineSeparator();
        Eventually.until(
                () -> "the cluster of " + nodes + " is formed:\n" + program.out() + program.err(),
                () -> program.out().endsWith(line));
    }

    /// What it has said, for whoever looks for the reason of a failure.
    Throwable told() {
        return new AssertionError(directory + ":\n" + program.out() + program.err());
    }

    /// The process.
    RunningProgram program() {
        return program;
    }

    Path directory() {
        return directory;
    }

    int port() {
        return port;
    }

    /// What a Eureka client is given as its service URL.
    public String eureka() {
        return uri("/eureka/").toString();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public long pid() {
        return program.handle().pid();
    }

    /// SIGKILL.
    public void kill() {
        program.kill();
    }

    /// SIGTERM; returns when it is gone.
    void stop() {
        assertThat(program.terminate().exit()).isZero();
    }

    /// Starts it again, and waits until it serves.
    public void restart() throws IOException {
        startAgain();
        ready();
    }

    /// Starts it again.
    void startAgain() throws IOException {
        program = run();
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    public HttpResponse<String> send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(uri(path))
                .headers("Accept", "application/json", "Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Stops it, in order if it runs.
    @Override
    public void close() {
        client.close();
        program.terminate().exit();
        program.close();
    }
}
