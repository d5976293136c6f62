package io.legion.discovery;

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
    private final List<String> flags;
    private final Path directory;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private RunningProgram program;

    private RegistryNode(List<String> flags, Path directory, int port) throws IOException {
        this.flags = flags;
        this.directory = directory;
        this.port = port;
        Files.writeString(directory.resolve("node.yaml"), """
                log: console
                store:
                  rocksdb:
                    directory: '%s'
                legion:
                  clusterName: test
                  shards: 16
                  startup:
                    automatic:
                      mayFound: true
                leases:
                  interval: 200ms
                  startGrace: 200ms
                  selfPreservation: false
                http:
                  port: %d
                """.formatted(directory.resolve("store"), port));
        this.program = run();
    }

    public static RegistryNode start(Path directory) throws IOException {
        return start(directory, RunningProgram.QUICK);
    }

    public static RegistryNode start(Path directory, List<String> flags) throws IOException {
        return new RegistryNode(flags, directory, FreePort.next());
    }

    private RunningProgram run() throws IOException {
        var file = directory.resolve("node.yaml").toString();
        return RunningProgram.start(flags, directory, NodeMain.class, "--config", file)
                .await(NodeMain.READY);
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

    /// Starts it again, and waits until it serves.
    public void restart() throws IOException {
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
