package io.legion.cluster.test.faults;

import io.legion.cluster.test.Network;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A [FaultyNodeMain] in a process of its own. Used by one thread.
final class FaultyNode {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final PrintStream orders;

    private FaultyNode(String name, Process process) {
        this.name = name;
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// @param command the whole line
    /// @param log where its standard error stream goes
    static FaultyNode start(String name, List<String> command, Path log) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            // However this process ends, the nodes end with it.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new FaultyNode(name, process);
        } catch (IOException failure) {
            throw new UncheckedIOException("no JVM can be started for " + name, failure);
        }
    }

    /// How a JVM begins that runs a main class of these tests: a small heap, and compiled quickly rather than well.
    ///
    /// @param classes what comes before the usual class path; may be empty
    static List<String> java(List<String> flags, String classes, Class<?> main) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classes + System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /// Gives an order and waits until it is done.
    void obey(String order) {
        orders.println(order);
        awaitDone();
    }

    /// Waits until it has done what it does.
    void awaitDone() {
        var line = CompletableFuture.supplyAsync(this::line);
        try {
            var said = line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!FaultyOrders.DONE.equals(said)) {
                throw new AssertionError(name + " ended, or said: " + said);
            }
        } catch (TimeoutException | ExecutionException failure) {
            throw new AssertionError(name + " did not do it", failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private String line() {
        try {
            return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Every thread of it stands still, while the system goes on to take what is sent to it.
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String which) {
        Network.run(List.of("kill", which, String.valueOf(process.pid())));
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Lets it stop by itself.
    void stop() {
        orders.close();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " did not end");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
