package com.example.reservations.check;

import com.example.reservations.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A node of the service in a process of its own, which can be started again on its store. Used by one thread.
final class Node implements AutoCloseable {
    /// A small heap, and compiled quickly rather than well.
    private static final List<String> FLAGS = List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int number;
    private final Callers service;
    private final Path config;
    private final Path log;
    private final String settings;
    private Release release;
    private @Nullable Process process;

    /// @param http the ports of all nodes for callers
    /// @param cluster those for each other
    /// @param route which copy of a venue serves: `preferred` or `nearest`
    Node(
            int number,
            Callers service,
            Path directory,
            List<Integer> http,
            List<Integer> cluster,
            Release release,
            String route) {
        this.number = number;
        this.service = service;
        this.release = release;
        this.log = directory.resolve("node-" + number + ".log");
        this.config = directory.resolve("node-" + number + ".yaml");
        this.settings = settings(number, directory, http, cluster, route);
    }

    private static String settings(
            int number, Path directory, List<Integer> http, List<Integer> cluster, String route) {
        var addresses = cluster.stream().map(port -> "127.0.0.1:" + port).toList();
        return """
                http:
                  port: %d
                store:
                  directory: %s
                cluster:
                  listen: %s
                  discovery:
                    static:
                      addresses: %s
                legion:
                  clusterName: reservations
                  shards: 16
                  requestTimeout: 5s
                  startup:
                    automatic:
                      mayFound: %b
                  placement:
                    route: %s
                """.formatted(
                        http.get(number - 1),
                        directory.resolve("data-" + number).toAbsolutePath(),
                        addresses.get(number - 1),
                        addresses,
                        number == 1,
                        route);
    }

    Release release() {
        return release;
    }

    /// From its next start on it runs another one.
    void install(Release other) {
        release = other;
    }

    void start() throws IOException {
        var releaseKey = "  release: {name: reservations %d, hold: %b}%n".formatted(release.number(), release.isHeld());
        Files.writeString(config, settings + releaseKey);
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", release.classPath(), Main.class.getName(), config.toString()));
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // However this process ends, the nodes end with it.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        process = started;
    }

    /// The version that it says is active; 0 if it does not know.
    int version() {
        var told = service.get(number, "/versions");
        return told.status() != 200
                ? 0
                : Integer.parseInt(told.rows().getFirst().split("[ ,]")[1]);
    }

    /// Returns when the node says that it is ready.
    void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (service.get(number, "/ready").status() != 200) {
            if (!running().isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("node " + number + " does not get ready: see " + log);
            }
            Thread.sleep(50);
        }
    }

    /// Returns when the node says that it is not ready, and in its log why.
    void awaitKeptOut(String why) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int ready;
        do {
            Thread.sleep(50);
            ready = service.get(number, "/ready").status();
            if (System.nanoTime() > end || ready == 200) {
                throw new IllegalStateException("node " + number + " is not kept out: see " + log);
            }
        } while (ready != 503 || !Files.readString(log).contains(why));
    }

    /// Lets it stop by itself.
    void stop() throws InterruptedException {
        running().destroy();
        if (!running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("node " + number + " does not stop: see " + log);
        }
    }

    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /// Every thread of it stands still.
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String which) throws IOException, InterruptedException {
        new ProcessBuilder("kill", which, String.valueOf(running().pid()))
                .start()
                .waitFor();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("node " + number + " was not started");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
